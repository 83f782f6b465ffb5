"""Puts numbered messages into a queue, or takes them out until a message says to stop.

`crowd.py put PATH NAME COUNT` and `crowd.py take PATH LOG`.
"""

import os
import sys
from pathlib import Path

from foundation.sqlite_queue.store import Store
from foundation.sqlite_queue.wakeups import Bell


def put(store, name, count):
    for number in range(int(count)):
        store.put("cpu", f"{name}-{number}", 0, f"{name}-{number}")


def take(store, log):
    bell = Bell(store.path.with_name("bells"))
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        claim = store.claim("cpu")
        if claim is None:
            store.reclaim()
            bell.wait(0.01)
        elif claim.body.startswith("stop"):
            store.acknowledge(claim.body)
            return
        else:
            os.write(out, f"{claim.body}\n".encode())
            store.acknowledge(claim.body)


doing, path, *arguments = sys.argv[1:]
{"put": put, "take": take}[doing](Store(Path(path), patience=60.0), *arguments)
