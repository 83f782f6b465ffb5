"""Simulated engine: it sleeps as long as a device would take, 0.10 + 0.03 n s for n calls."""

import json
import os
import time
from collections.abc import Sequence

from tools.pipeline.engines.descriptor import Call, Engine, Needs, Progress
from tools.pipeline.errors import PipelineError
from tools.pipeline.store import Value

# The file that every batch is written down in, a line of JSON each.
NOTES = "PACKSHOT_SIMULATED_NOTES"
MOST = 8


def seconds(calls: int) -> float:
    return 0.10 + 0.03 * calls


class Simulated:
    def batched(
        self, op: str, calls: Sequence[Call], *, progress: Progress | None = None
    ) -> list[Value | PipelineError]:
        begun = time.time()
        time.sleep(seconds(len(calls)))
        if progress:
            progress(1.0)
        line = {
            "pid": os.getpid(),
            "op": op,
            "begun": begun,
            "ended": time.time(),
            "seeds": [call.args["seed"] for call in calls],
        }
        with open(os.environ[NOTES], "a", encoding="ascii") as notes:  # noqa: PTH123  one write, one line
            notes.write(f"{json.dumps(line)}\n")
        return [call.inputs[0] for call in calls]

    def close(self) -> None:
        """Nothing was taken."""


def one_lot(op: str, args: object, size: tuple[int, int]) -> str:  # noqa: ARG001  all go together
    return ""


ENGINES = (
    Engine(
        name="simulated",
        title="Simulated",
        kind="fill",
        version="1",
        licence="Packshot",
        commercial=True,
        needs=Needs(device="cuda"),
        batch=MOST,
        bucket=one_lot,
        warm=True,
        load=Simulated,
    ),
)
