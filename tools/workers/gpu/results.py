"""Results of a device: what becomes of a job when the device is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import close_old_connections

from tools.models import Relay
from tools.pipeline import ops
from tools.pipeline.batches import Outcome
from tools.pipeline.errors import CancelledError, PipelineError
from tools.pipeline.store import StepStore
from tools.pricing import durations
from tools.rendering import handoff
from tools.rendering.progress import ends_in_words
from tools.workers.gpu.batch_turn import Turn

# What no workers of this machine need to be told: they share its store.
ANYBODY = ""


def elsewhere(job: Relay, lot: str) -> None:
    """Queue a job that has no place in the batch it was claimed for."""
    handoff.pass_on_job(job, lot, seconds=0, values={})


@dataclass(frozen=True)
class Results:
    """The outcomes of a batch, call for call, and the seconds that it took."""

    turn: Turn
    outcomes: Sequence[Outcome]
    seconds: float

    def settle(self, at: int) -> None:
        """Pass one job on with its value, or end it in words."""
        close_old_connections()
        place, outcome = self.turn.places[at], self.outcomes[at]
        try:
            with ends_in_words(place.job):
                if at in self.turn.dropped:
                    raise CancelledError
                if isinstance(outcome, PipelineError):
                    raise outcome
                step = place.pending.step
                kept = StepStore(settings.STEPS_DIR, settings.STEPS_MAX_BYTES)
                kept.put(step.address, outcome, step.photos)
                handoff.pass_on_job(
                    place.job, ANYBODY, seconds=self.each(), values={step.address: outcome}
                )
        finally:
            self.turn.settled(place.job)

    def each(self) -> float:
        return self.seconds / len(self.outcomes)

    def learn(self) -> None:
        """Remember how long such a step takes here."""
        step = self.turn.places[0].pending.step.node
        height, width = ops.find_working_size(step)
        if height and width:
            engines = {step.kind: self.turn.engine}
            durations.learn_durations(
                [(step, self.each())], engines, megapixels=height * width / 1e6
            )
