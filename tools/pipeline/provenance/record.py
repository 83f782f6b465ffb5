"""What there is to say about a result: the steps that made it, and by what they were done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tools.pipeline.provenance import sources
from tools.pipeline.provenance.sources import Source

# C2PA's names for what can be done to a picture (specification 2.2, actions).
Action = Literal[
    "c2pa.edited",
    "c2pa.color_adjustments",
    "c2pa.cropped",
    "c2pa.filtered",
    "c2pa.placed",  # something from elsewhere stands in the picture now: a scene, another photo
    "c2pa.resized",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, by its public name. `parameters` are shown to everyone who verifies the file."""

    name: str
    engine: str
    version: str
    source: Source = "algorithmicallyEnhanced"
    action: Action = "c2pa.edited"
    parameters: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """`id` names the attempt. `photo` is the format that the visitor's photo came in; None where
    there was no photo.
    """

    id: str
    steps: tuple[Step, ...]
    photo: str | None = "jpeg"
    software: str = "Packshot"
    version: str = "0.1.0"
    # What is claimed of pixels and outline (`claims.describe_claims`).
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        return sources.overall((step.source for step in self.steps), photo=self.photo is not None)

    @property
    def generated(self) -> bool:
        """Whether a generative model made any of the pixels."""
        return self.source in sources.GENERATED
