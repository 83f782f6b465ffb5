"""Engines for a device that is not there: they sleep as long as a batch takes, write down what they
are asked for, and go wrong where a test wants it. Calls are told apart by their seeds.
"""

import json
import os
import signal
import time
from functools import partial
from pathlib import Path

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.errors import NoSubjectError

FOLDER = Path(os.environ["PRETEND"])
PACE = 0.1  # of the seconds that the simulated batch takes


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


def orders():
    """What is to go wrong: {seed: how}, and `fits`, the most calls at once."""
    try:
        return json.loads((FOLDER / "orders").read_text())
    except FileNotFoundError:
        return {}


def note(event, **facts):
    line = json.dumps({"event": event, "pid": os.getpid(), "at": time.time()} | facts)
    with (FOLDER / "notes").open("a") as file:
        file.write(f"{line}\n")


class Pretend:
    def __init__(self, name):
        self.name = name
        # What loading took decides who makes room: no hiccup of the machine may outweigh it.
        time.sleep(0.2)
        note("load", engine=name)

    def close(self):
        note("close", engine=self.name)

    def batched(self, op, calls, *, progress=None):
        seeds = [call.args["seed"] for call in calls]
        note("begin", engine=self.name, seeds=seeds)
        wrong = orders()
        if len(calls) > wrong.get("fits", 99):
            raise OutOfMemoryError("CUDA out of memory")
        found = [
            self.one(call, wrong.get(str(seed), ""), progress, place)
            for place, (call, seed) in enumerate(zip(calls, seeds, strict=True))
        ]
        time.sleep(PACE * (0.10 + 0.03 * len(calls)))
        progress(1.0)
        note("end", engine=self.name, seeds=seeds)
        return found

    def one(self, call, wrong, progress, place):
        match wrong:
            case "raise":
                raise ValueError("a picture that no model can take")
            case "refuse":
                return NoSubjectError()
            case "cuda":
                raise RuntimeError("CUDA error: an illegal memory access was encountered")
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hold":
                note("hold", seed=call.args["seed"])
                seed = str(call.args["seed"])
                while orders().get(seed) == "hold" and place not in progress.dropped:
                    progress(0.5)
                    time.sleep(0.01)
            case "hang":
                while True:
                    time.sleep(1)
        return call.inputs[0]


def bucket(op, args, size):
    return args["quality"]


def engine(name, **fields):
    return Engine(
        name=name,
        title=name.title(),
        kind="fill",
        version="1",
        licence="ours",
        commercial=True,
        needs=Needs(device="cuda", memory=400),
        batch=8,
        bucket=bucket,
        load=partial(Pretend, name),
        **fields,
    )


ENGINES = (engine("first", warm=True), engine("second"), engine("third"))
