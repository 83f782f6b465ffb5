from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Kind = Literal["matte", "upscale", "denoise", "fill", "edit", "relight"]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What must be there for an engine to run; memory in MB, of the device."""

    device: Literal["cpu", "cuda"] = "cpu"
    memory: int = 500
    weights: tuple[str, ...] = ()


def nothing_missing() -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Something that can do one kind of step.

    `load` builds the object that has a method for each op of the kind; it is called once per
    process and only where steps run. `missing` says in words why this server cannot run it, or
    None; it must not import the heavy library. Raise `version` when its results change.
    """

    name: str
    title: str
    kind: Kind
    version: str
    licence: str
    commercial: bool
    # Whether a model makes pixels of its own, which files then have to say.
    generative: bool = False
    load: Callable[[], Any]
    missing: Callable[[], str | None] = nothing_missing
    needs: Needs = field(default_factory=Needs)
    credits_per_run: int = 0
    credits_per_megapixel: int = 0
    # Seconds per megapixel before this server has measured its own.
    pace: float = 1.0

    @property
    def versioned(self) -> str:
        return f"{self.name} {self.version}"

    @cached_property
    def loaded(self) -> Any:
        return self.load()

    def unavailable(self) -> str | None:
        """Why this server cannot run the engine, or None."""
        return self.missing()
