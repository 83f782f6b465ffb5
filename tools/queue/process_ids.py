"""Process ids of lease holders: who this one is, and whether another still lives."""

import os
import socket
from functools import cache
from pathlib import Path

# What the kernel says of a process that has ended and whose parent has not looked yet.
ENDED = {"Z", "X"}


def this_process() -> str:
    """This process, so that no other, not even a later one of the same number, is taken for it."""
    return identity(os.getpid())


@cache
def identity(pid: int) -> str:
    return f"{socket.gethostname()}:{pid}:{started(pid)}"


def started(pid: int) -> str:
    """When the kernel started the process, in its own ticks; empty when it cannot be told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # The command's name stands in brackets and may hold spaces and brackets itself.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in ENDED else fields[19]


def is_gone(owner: str) -> bool:
    """Whether that process surely lives no more. Of another machine's nobody can say so."""
    host, _, rest = owner.partition(":")
    pid, _, start = rest.partition(":")
    if host != socket.gethostname() or not start:
        return False
    return started(int(pid)) != start
