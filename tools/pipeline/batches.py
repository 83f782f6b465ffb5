"""Several visitors' calls as one: what fails is found, what does not fit is halved."""

import inspect
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tools.pipeline import device_errors
from tools.pipeline.engines.descriptor import Call, Engine, Progress
from tools.pipeline.engines.residency import Residents, release_device_memory
from tools.pipeline.errors import (
    CancelledError,
    DeviceFullError,
    DeviceLostError,
    PipelineError,
    StepFailedError,
)
from tools.pipeline.store import Value

logger = logging.getLogger(__name__)

Outcome: TypeAlias = Value | PipelineError


@dataclass
class Batch:
    """Calls of one lot on their way through one engine."""

    lot: str
    engine: Engine
    op: str
    calls: Sequence[Call]


@dataclass(frozen=True)
class Part:
    """The progress of some calls of a batch, seen as that of all of it."""

    whole: Progress
    places: Sequence[int]
    before: int
    total: int

    def __call__(self, share: float) -> None:
        self.whole((self.before + share * len(self.places)) / self.total)

    @property
    def dropped(self) -> frozenset[int]:
        gone = self.whole.dropped
        return frozenset(at for at, place in enumerate(self.places) if place in gone)


class Batches:
    """Runs batches on a device's engines, and remembers how many calls of a lot fit."""

    def __init__(self, kept: Residents) -> None:
        self.kept = kept
        self.most: dict[str, int] = {}

    def size(self, lot: str, engine: Engine) -> int:
        return min(engine.batch, self.most.get(lot, engine.batch))

    def run(self, batch: Batch, progress: Progress) -> list[Outcome]:
        """What became of each call: its value, or why it has none.

        Raises CancelledError when nobody waits any more, and DeviceLostError when this process can
        do nothing on the device any more; then nothing is known of any of the calls.
        """
        found: dict[int, Outcome] = {}
        waiting = list(range(len(batch.calls)))
        size = self.size(batch.lot, batch.engine)
        while waiting:
            places, waiting = waiting[:size], waiting[size:]
            part = Part(progress, places, len(found), len(batch.calls))
            try:
                found.update(zip(places, self.attempt(batch, part), strict=True))
            except (CancelledError, DeviceLostError):
                raise
            except Exception as error:  # noqa: BLE001  an engine may raise anything
                # What the failed call still holds of the device would be missing for the next one.
                traceback.clear_frames(error.__traceback__)
                waiting = places + waiting
                if len(places) > 1:
                    size = self.smaller(batch, len(places), error)
                elif not (device_errors.is_out_of_memory(error) and self.kept.alone(batch.engine)):
                    found[waiting.pop(0)] = blamed(batch, error)
        return [found[place] for place in range(len(batch.calls))]

    def smaller(self, batch: Batch, size: int, error: Exception) -> int:
        """How many calls to try at once after so many failed together."""
        if device_errors.is_out_of_memory(error):
            self.most[batch.lot] = size // 2
            release_device_memory()
            logger.warning("%s: %d at once do not fit, %d may", batch.lot, size, size // 2)
            return size // 2
        logger.warning("%s: a batch of %d failed, one by one now", batch.lot, size, exc_info=error)
        return 1

    def attempt(self, batch: Batch, part: Part) -> list[Outcome]:
        calls = [batch.calls[place] for place in part.places]
        try:
            loaded = self.kept.get(batch.engine)
            if hasattr(loaded, "batched"):
                found: list[Outcome] = loaded.batched(batch.op, calls, progress=part)
            else:
                found = [alone(loaded, batch.op, call, part) for call in calls]
        except Exception as error:
            # Only to see whether the device is lost: all else goes on as it is.
            if device_errors.is_poisoned(error):
                raise DeviceLostError(batch.lot) from error
            raise
        if len(found) != len(calls):
            raise StepFailedError(batch.op)
        return found


def alone(loaded: Any, op: str, call: Call, progress: Progress) -> Outcome:
    """One call of an engine that takes no batches."""
    method: Callable[..., Value] = getattr(loaded, op)
    told = {"progress": progress} if "progress" in inspect.signature(method).parameters else {}
    try:
        return method(*call.inputs, **call.args, **told)
    except CancelledError:
        raise
    except PipelineError as error:
        return error


def blamed(batch: Batch, error: Exception) -> PipelineError:
    """What the one call that failed alone is said to have."""
    if isinstance(error, PipelineError):
        return error
    failed = (
        DeviceFullError() if device_errors.is_out_of_memory(error) else StepFailedError(batch.op)
    )
    failed.__cause__ = error
    return failed
