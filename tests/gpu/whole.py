"""Whole attempts, through a site's own queue and processes, against the bare model: a scratch site with
one worker on the device, `python -m tests.gpu.whole`, prints what it found as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.gpu.bench_engine import NAME, NOTES, TINY

MANY, BATCH = 32, 4
PATIENCE = 600.0
ROOT = Path(__file__).parents[2]
STROKE = {"points": [[0.5, 0.5]], "size": 0.2, "keep": False}


def measure(device, *, tiny):
    """{"images_per_second", "overhead"}: the share of the time in which the model was not at work."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "DJANGO_SETTINGS_MODULE": "packshot.settings",
            "PACKSHOT_DATA": folder,
            "PACKSHOT_STORAGE_URL": "",
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
            "CELERY_BROKER_URL": os.environ.get("BENCH_BROKER_URL", ""),
            "PACKSHOT_DEVICE": device,
            "PACKSHOT_ENGINES": "tests.gpu.bench_engine",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            NOTES: str(Path(folder, "notes")),
            TINY: "1" if tiny else "",
        }
        command = [sys.executable, "-m", "tests.gpu.whole"]
        run = subprocess.run(
            command, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(run.stdout.splitlines()[-1])


def notes():
    path = Path(os.environ[NOTES])
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("The device does not do its work; its log is above.")
        time.sleep(0.02)


def played():
    """One batch to begin with, then so many attempts that are all there when it ends."""
    import numpy as np
    from django.utils import timezone

    from accounts.models import Visitor
    from tools.attempts import lifecycle
    from tools.models import Photo
    from tools.pipeline import encoding
    from tools.queue import messages
    from tools.storage import files

    pixels = np.random.default_rng(7).integers(0, 255, (96, 96, 3), np.uint8)
    files.write_file(files.pixels_path("a" * 64), encoding.encode_png(pixels))

    def start(seed):
        shown = Photo.objects.create(
            visitor=Visitor.objects.create(),
            name="bench.png",
            state=Photo.State.READY,
            digest="a" * 64,
            width=96,
            height=96,
            expires=timezone.now() + timedelta(hours=1),
        )
        params = {"seed": seed, "strokes": [STROKE]}
        lifecycle.start_attempt(shown, "erase-object", params, wanted={"fill": NAME})

    command = [sys.executable, "-m", "celery", "--quiet", "--app=packshot", "worker"]
    options = ["--pool=threads", "--concurrency=1", f"--queues={messages.OF_DEVICES}"]
    worker = subprocess.Popen([*command, *options, "--loglevel=ERROR"], stdout=subprocess.DEVNULL)
    try:
        start(0)
        until(lambda: sum(note["calls"] for note in notes()) == 1)
        for seed in range(1, MANY + 1):
            start(seed)
        until(lambda: sum(note["calls"] for note in notes()) == MANY + 1)
    finally:
        worker.terminate()
        worker.wait()
    # The first full one is begun while attempts are still coming in.
    full = [note for note in notes() if note["calls"] == BATCH][1:]
    took = full[-1]["ended"] - full[0]["begun"]
    bare = sum(note["ended"] - note["begun"] for note in full)
    return {"images_per_second": BATCH * len(full) / took, "overhead": 1 - bare / took}


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.write(f"{json.dumps(played())}\n")
