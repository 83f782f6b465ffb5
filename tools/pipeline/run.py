"""Compute what a node stands for, and nothing that is known already."""

import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

import numpy as np

from tools.pipeline import hidden, ops
from tools.pipeline.engines.descriptor import Call, Engine
from tools.pipeline.errors import PipelineError, StepFailedError
from tools.pipeline.graph import SOURCE, Address, Node, Step, plan_steps
from tools.pipeline.pixels import Alpha, Rgb, Rgba
from tools.pipeline.store import Value, read_facts

MAPPED_FROM_BYTES = 16_000_000


class Store(Protocol):
    def get(self, address: Address) -> Value | None: ...
    def put(self, address: Address, value: Value, photos: Iterable[str] = ()) -> None: ...
    def __contains__(self, address: Address) -> bool: ...


class Watch(Protocol):
    """Told before each step and during it; may raise to end the run (a cancel, a lost lease)."""

    def __call__(self, step: str, share: float) -> None: ...


def ignore_progress(step: str, share: float) -> None:
    """Watch nothing."""


def anywhere(engine: Engine) -> bool:  # noqa: ARG001  a default
    """Run every engine in this process."""
    return True


def is_off_device(engine: Engine) -> bool:
    """What a process without a device may run."""
    return not engine.on_device


@dataclass(frozen=True)
class Pending:
    """A step that only a process with a device may run; its inputs are computed.

    `before` is the share of the whole run that is behind it, `part` the share that it is itself.
    """

    step: Step
    engine: Engine
    call: Call
    before: float
    part: float

    def heavy(self) -> dict[Address, Value]:
        """Those of its inputs that are more than the photo, by their addresses."""
        ways = zip(self.step.inputs, self.step.node.inputs, self.call.inputs, strict=True)
        return {address: value for address, node, value in ways if not ops.is_photo(node)}


class ElsewhereError(Exception):
    """The run has come to a step that another process has to do. It is no failure."""

    def __init__(self, pending: Pending) -> None:
        super().__init__(pending.step.node.op.name)
        self.pending = pending


@dataclass
class Run:
    """Computing with these engines, from these photos, keeping results in this store.

    `source` gives the pixels of a photo by its digest. `timings` lists what was computed, with
    seconds; what came out of the store is not in it. `facts` has what each step said of itself,
    by the step's name, whether computed now or found.
    """

    engines: Mapping[str, Engine]
    store: Store
    source: Callable[[str], Value]
    watch: Watch = ignore_progress
    timings: list[tuple[Node, float]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    # Which engines this process runs; for a step of another's the run ends with ElsewhereError.
    here: Callable[[Engine], bool] = anywhere

    def value(self, node: Node) -> Value:
        """The node's value, from the store or computed now.

        Raises what a step raises if that is a PipelineError (a refusal, a cancel), and
        StepFailedError with the cause for everything else. Raises ElsewhereError with the first
        step that is to be done by another process, and then nothing was computed but what that
        step needs.
        """
        return self.computation(node).last()

    def has(self, node: Node) -> bool:
        """Whether the node's value is known already."""
        return next(reversed(plan_steps(node, self.versions))) in self.store

    def asks_engines(self, node: Node) -> bool:
        """Whether an engine has anything to do before the node's value is known."""
        computation = self.computation(node)
        missing = computation.missing(next(reversed(computation.steps)), set())
        return any(computation.steps[address].node.op.kind for address in missing)

    def pending(self, node: Node) -> Pending | None:
        """The first step of another process that the node's value still needs, its inputs computed;
        None when there is none, and then nothing was computed.
        """
        try:
            self.computation(node).expect()
        except ElsewhereError as error:
            return error.pending
        return None

    def computation(self, node: Node) -> "Computation":
        return Computation(self, plan_steps(node, self.versions))

    @property
    def versions(self) -> dict[str, str]:
        return {kind: engine.versioned for kind, engine in self.engines.items()}


@dataclass
class Computation:
    """One node's value on its way."""

    run: Run
    steps: dict[Address, Step]
    values: dict[Address, Value] = field(default_factory=dict)
    computed: int = 0
    expected: int = 0

    def expect(self) -> Address:
        """Count what must be computed, and see that none of it is for another process."""
        last = next(reversed(self.steps))
        missing = self.missing(last, set())
        self.expected = len(missing)
        for key, step in self.steps.items():
            # Inputs come before what uses them, so nothing of another's stands before the first.
            if key in missing and self.is_elsewhere(step.node):
                self.known(key)
        return last

    def is_elsewhere(self, step: Node) -> bool:
        return bool(step.op.kind) and not self.run.here(self.run.engines[step.kind])

    def last(self) -> Value:
        last = self.expect()
        result = self.known(last)
        for key, step in self.steps.items():
            self.recall(key, step.node)
        return result

    def missing(self, key: Address, found: set[Address]) -> set[Address]:
        """The steps that must be computed for this one."""
        if key not in found and key not in self.run.store:
            found.add(key)
            for before in self.steps[key].inputs:
                self.missing(before, found)
        return found

    def known(self, key: Address) -> Value:
        if key not in self.values:
            found = self.run.store.get(key)
            self.values[key] = self.compute(key) if found is None else found
        return self.values[key]

    def compute(self, key: Address) -> Value:
        step = self.steps[key].node
        inputs = [self.known(before) for before in self.steps[key].inputs]
        name = step.op.name
        expected = max(self.expected, self.computed + 1)
        if self.is_elsewhere(step):
            call = Call(tuple(inputs), step.arguments)
            engine, before = self.run.engines[step.kind], self.computed / expected
            raise ElsewhereError(Pending(self.steps[key], engine, call, before, 1 / expected))

        def progress(share: float) -> None:
            self.run.watch(name, (self.computed + share) / expected)

        progress(0.0)
        start = time.perf_counter()
        value = self.called(step, inputs, progress)
        self.run.timings.append((step, time.perf_counter() - start))
        self.computed += 1
        self.run.store.put(key, value, self.steps[key].photos)
        # Read back, large arrays are mapped from disk: a chain of them does not fill the memory.
        kept = None if small(value) else self.run.store.get(key)
        return value if kept is None else kept

    def called(self, step: Node, inputs: list[Value], progress: Callable[[float], None]) -> Value:
        try:
            if step.op == SOURCE:
                # Photos of before this was done on arrival, and whatever else calls itself one.
                photo = cast("Rgb | Rgba", self.run.source(step.arguments["digest"]))
                return hidden.fill_hidden(photo)
            function = self.function(step)
            arguments = step.arguments
            if "progress" in inspect.signature(function).parameters:
                arguments["progress"] = progress
            return function(*inputs, **arguments)
        except PipelineError:
            raise
        except Exception as error:
            raise StepFailedError(step.op.name) from error

    def function(self, step: Node) -> Callable[..., Value]:
        if step.op.kind:
            engine = self.run.engines[step.kind].loaded
            method: Callable[..., Value] = getattr(engine, step.op.name)
            return method
        module, _, name = step.op.function.partition(":")
        found: Callable[..., Value] = getattr(import_module(module), name)
        return found

    def recall(self, key: Address, step: Node) -> None:
        """Gather what a step says of itself; one whose value is gone from the store is silent."""
        value = self.values.get(key)
        if value is None and step.op.says:
            value = self.run.store.get(key)
        if value is not None and (said := read_facts(value)):
            self.run.facts[step.op.name] = said


def read_image(value: Value) -> Rgb | Rgba:
    """The picture (H×W×3 or H×W×4 uint8 sRGB) in a step's value, which may say more beside it."""
    found: Any = value if isinstance(value, np.ndarray) else value["image"]
    picture: Rgb | Rgba = found
    return picture


def read_alpha(value: Value) -> Alpha:
    """The alpha, H×W uint8, that is a step's value."""
    found: Any = value
    alpha: Alpha = found
    return alpha


def small(value: Value) -> bool:
    return not isinstance(value, np.ndarray) or value.nbytes < MAPPED_FROM_BYTES
