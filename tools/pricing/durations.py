"""Durations: how long steps take on this server, learned from what they took."""

from collections.abc import Iterable, Mapping
from statistics import median

from tools.models import StepDuration
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node

REMEMBERED = 49
# Until a step has been measured: seconds per megapixel.
GUESS = 0.2


def learn_durations(
    timings: Iterable[tuple[Node, float]], engines: Mapping[str, Engine], *, megapixels: float
) -> None:
    """Remember what these steps took. Of two workers at once one may be forgotten; no harm."""
    for step, seconds in timings:
        engine = engines[step.kind].versioned if step.op.kind else ""
        row, _ = StepDuration.objects.get_or_create(step=step.op.name, engine=engine)
        row.recent = [*row.recent, round(seconds / megapixels, 4)][-REMEMBERED:]
        row.median = median(row.recent)
        row.save(update_fields=["recent", "median"])


def seconds_by_engine() -> dict[str, float]:
    """Seconds a megapixel of each engine that has worked here: all its steps together."""
    found: dict[str, float] = {}
    for row in StepDuration.objects.exclude(engine=""):
        found[row.engine] = found.get(row.engine, 0.0) + row.median
    return found


def expected_seconds(
    steps: Iterable[Node], engines: Mapping[str, Engine], *, megapixels: float
) -> float:
    """Seconds that these steps will take, by the medians."""
    known = {(row.step, row.engine): row.median for row in StepDuration.objects.all()}
    total = 0.0
    for step in steps:
        engine = engines[step.kind] if step.op.kind else None
        default = engine.pace if engine else GUESS
        total += known.get((step.op.name, engine.versioned if engine else ""), default)
    return total * megapixels
