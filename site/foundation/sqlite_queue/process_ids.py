"""Process ids: who holds a message, and whether others on the machine can tell it dead from alive.

A pid alone is not enough (pids are used again), so the owner is the pid together with the time
the process started, in the boot and pid namespace where the two mean anything.
"""

import os
import socket
from pathlib import Path
from uuid import uuid4

_PROC = Path("/proc")
_ENDED = ("Z", "X")  # a zombie still has its entry, but will never acknowledge anything


def _place() -> str:
    """Where a pid means the same process: one boot and one pid namespace, or else the host."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}:{(_PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _started(pid: int) -> str:
    """The start time in clock ticks; empty without /proc. Raises ProcessLookupError when ended."""
    if not (_PROC / "self/stat").exists():
        os.kill(pid, 0)
        return ""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except FileNotFoundError:
        raise ProcessLookupError(pid) from None
    # The second field is the program's name in brackets, and may itself hold brackets.
    state, *fields = stat.rpartition(")")[2].split()
    if state in _ENDED:
        raise ProcessLookupError(pid)
    return fields[18]


def new() -> str:
    """A name for one open store of this process; two stores of one process differ."""
    return f"{_place()}/{os.getpid()}/{_started(os.getpid())}/{uuid4().hex}"


def is_dead(owner: str) -> bool:
    """Whether the owner has certainly ended; one from elsewhere is only known by its lease."""
    place, pid, started, _ = owner.split("/")
    if place != _place():
        return False
    try:
        return _started(int(pid)) != started
    except ProcessLookupError:
        return True
    except OSError:
        return False  # it lives, under another user
