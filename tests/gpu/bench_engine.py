"""SDXL Lightning with random weights as an engine, which writes down when each batch began and ended:
what is in between is the bare model.
"""

import json
import os
import tempfile
import time
from pathlib import Path

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.inpainting import Painter, bucket

NOTES, TINY = "PACKSHOT_BENCH_NOTES", "PACKSHOT_BENCH_TINY"
NAME = "bench"


class Bench(Painter):
    def __init__(self):
        from tests.gpu import models

        with tempfile.TemporaryDirectory() as folder:
            tiny = bool(os.environ.get(TINY))
            self.pipe = models.pipe("sdxl-lightning", Path(folder), tiny=tiny)
        self.canvas = self.pipe.model.canvas

    def batched(self, op, calls, *, progress=None):
        begun = time.time()
        answers = super().batched(op, calls, progress=progress)
        note = {"begun": begun, "ended": time.time(), "calls": len(calls)}
        with Path(os.environ[NOTES]).open("a") as file:
            file.write(f"{json.dumps(note)}\n")
        return answers


ENGINES = (
    Engine(
        name=NAME,
        title="Bench",
        kind="fill",
        version="1",
        licence="ours",
        commercial=True,
        generative=True,
        load=Bench,
        needs=Needs(device="cuda", memory=12_000),
        batch=4,
        bucket=bucket,
        warm=True,
    ),
)
