import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, Protocol

from tools.pipeline.engines import device

if TYPE_CHECKING:
    from tools.pipeline.errors import PipelineError
    from tools.pipeline.store import Value

Kind = Literal["matte", "upscale", "denoise", "fill", "surround", "edit", "relight"]


@dataclass(frozen=True)
class Call:
    """One use of an engine's op: what goes in, and the arguments as JSON values."""

    inputs: "tuple[Value, ...]"
    args: Mapping[str, Any]


class Progress(Protocol):
    """How an engine tells of a batch, and hears of it; cheap enough for every denoising step."""

    def __call__(self, share: float) -> None:
        """So much (0..1) is done. Raises CancelledError when nobody waits for any call any more."""

    @property
    def dropped(self) -> frozenset[int]:
        """The calls, by their place in the batch, that nobody waits for any more: they need not be
        computed further, and whatever stands in their place is not looked at.
        """


class Batching(Protocol):
    """What `Engine.load` may return so that several visitors' calls run as one.

    Beside it the object has a method for each op, which one call alone takes. A call's pixels must
    not depend on which others were in its batch. The list answers call for call; a refusal of one
    call is a PipelineError in its place. Whatever is raised fails the batch, and its calls are then
    tried one by one; running out of memory halves it first. `close` gives the device's memory back;
    the object is not used after it. All of it is called by one thread, the device's own.
    """

    def batched(
        self, op: str, calls: Sequence[Call], *, progress: Progress | None = None
    ) -> "list[Value | PipelineError]": ...

    def close(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What must be there for an engine to run; memory in MB, of the device.

    `common` is the part of that memory which several engines take once, by the name of what they
    have in common.
    """

    device: Literal["cpu", "cuda"] = "cpu"
    memory: int = 500
    common: tuple[tuple[str, int], ...] = ()
    weights: tuple[str, ...] = ()


def nothing_missing() -> str | None:
    return None


def alike(op: str, args: Mapping[str, Any], size: tuple[int, int]) -> str:  # noqa: ARG001  the lot has it
    """Only calls with equal arguments and equal sizes."""
    said = json.dumps([args, size], sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Something that can do one kind of step, and `also` others with the same model.

    `load` builds the object that has a method for each op of its kinds; it is called once per
    process and only where steps run. `missing` says in words why this server cannot run it, or
    None; it must not import the heavy library. Raise `version` when its results change.

    An engine that needs a device is loaded only by the process that owns one, onto
    `device.name()`, and put out again when its memory is wanted for another.
    """

    name: str
    title: str
    kind: Kind
    also: tuple[Kind, ...] = ()
    version: str
    licence: str
    commercial: bool
    # Whether a model makes pixels of its own, which files then have to say.
    generative: bool = False
    load: Callable[[], Any]
    missing: Callable[[], str | None] = nothing_missing
    needs: Needs = field(default_factory=Needs)
    # Seconds per megapixel before this server has measured its own.
    pace: float = 1.0
    # How many calls it takes at once; above 1 what it loads is `Batching`.
    batch: int = 1
    # Names what calls of one op must share to run as one: from the op, its arguments and the
    # (height, width) of its first input to a short word. Resolution bucket, steps, LoRA.
    bucket: Callable[[str, Mapping[str, Any], tuple[int, int]], str] = alike
    # Whether a process that owns a device loads it when it starts, not with the first visitor.
    warm: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.also)

    @property
    def versioned(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def on_device(self) -> bool:
        """Whether it runs only in a process that owns a device."""
        return self.needs.device != "cpu"

    @cached_property
    def loaded(self) -> Any:
        return self.load()

    def unavailable(self) -> str | None:
        """Why this server cannot run the engine, or None."""
        if self.on_device and not device.there():
            return "this server has no GPU"
        return self.missing()
