"""What a device's process must do, played with real processes: `python scenes.py`, in an environment
that names the database and the broker, plays the scenes named on its input, a line each.
"""

import json
import sys
import traceback
from contextlib import contextmanager, redirect_stdout

import django

django.setup()

import scenes_of_batches  # noqa: E402  the settings come first
import scenes_of_processes  # noqa: E402  the settings come first
from django.core.management import call_command  # noqa: E402  the settings come first
from stage import FOLDER, cast, forks  # noqa: E402  the settings come first

from tools.models import Attempt, Photo  # noqa: E402  the settings come first

SCENES = vars(scenes_of_batches) | vars(scenes_of_processes)


@contextmanager
def cleared():
    """An empty table, and nobody who was told anything."""
    Attempt.objects.all().delete()
    Photo.objects.all().delete()
    for name in ("notes", "orders"):
        (FOLDER / name).unlink(missing_ok=True)
    cast.scene += 1
    yield


def play(name):
    try:
        with cleared(), redirect_stdout(sys.stderr):
            SCENES[name]()
    except BaseException:  # noqa: BLE001  the test is told, whatever it was
        log = (FOLDER / "log").read_text()[-1500:] if (FOLDER / "log").exists() else ""
        return f"{traceback.format_exc()}\n{log}"
    return ""


if __name__ == "__main__":
    forks.set_forkserver_preload(["players"])
    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0)
    try:
        for line in sys.stdin:
            sys.stdout.write(f"{json.dumps(play(line.strip()))}\n")
            sys.stdout.flush()
    finally:
        cast.want(0)
