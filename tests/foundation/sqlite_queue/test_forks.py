"""What happens to something that cannot survive a fork, on both sides of one."""

import subprocess
import sys

CODE = """
import os
from foundation.sqlite_queue import forks

class Kept:
    said = []
    def pause(self): self.said.append("paused")
    def resume(self): self.said.append("resumed")
    def begin_anew(self): self.said.append("began anew")

kept = Kept()
forks.tell(kept)
gone = Kept()
forks.tell(gone)
del gone
child = os.fork()
if child == 0:
    print("child", *kept.said, flush=True)
    os._exit(0)
os.wait()
print("parent", *kept.said, flush=True)
"""


def test_the_parent_goes_on_and_the_child_begins_anew():
    run = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.stdout.splitlines() == ["child paused began anew", "parent paused resumed"], (
        run.stderr
    )
