"""Steps and their addresses. Composing computes nothing; `run.py` computes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, NewType

Address = NewType("Address", str)


@dataclass(frozen=True)
class Op:
    """A pure function of images, named.

    `function` is "module:function", so that declaring an op imports no image library; an op of an
    engine's has none, the engine chosen for its `kind` has a method of the op's name. `says` marks
    an op whose value holds facts beside its pixels. Raise `version` whenever the same arguments
    give other pixels than before.
    """

    name: str
    version: int
    function: str = ""
    kind: str = ""
    says: bool = False

    def __call__(self, *inputs: "Node", **args: Any) -> "Node":
        """Add a step; nothing is computed yet. Arguments are JSON values."""
        return Node(self, inputs, json.dumps(args, sort_keys=True, separators=(",", ":")))


@dataclass(frozen=True)
class Node:
    """One use of an op: what goes in and with which arguments (as canonical JSON).

    `engine` names the engine that the step was done with before, when it may not be another now.
    `twins` are the same picture at a proxy's size and at its whole one, for what was not shrunk
    from the other but made in both sizes; they decide nothing of what the step itself computes.
    """

    op: Op
    inputs: tuple["Node", ...]
    args: str
    engine: str = ""
    twins: "tuple[Node, Node] | None" = field(default=None, compare=False, repr=False)

    @property
    def arguments(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.args)
        return found

    @property
    def kind(self) -> str:
        """The kind of engine that it asks for, as "kind:engine" where only one will do."""
        return f"{self.op.kind}:{self.engine}" if self.engine else self.op.kind

    def kinds(self) -> frozenset[str]:
        """The kinds of engine that this step and those before it ask for."""
        found = {id(self): self}
        waiting = [self]
        while waiting:
            new = {id(node): node for node in waiting.pop().inputs if id(node) not in found}
            found |= new
            waiting += new.values()
        return frozenset(node.kind for node in found.values()) - {""}


SOURCE = Op("source", 1)


def make_source(digest: str, width: int, height: int) -> Node:
    """A photo, by the digest of its pixels."""
    return SOURCE(digest=digest, width=width, height=height)


def pin_engines(node: Node, engines: Mapping[str, str]) -> Node:
    """The same steps, each bound to the engine of its kind; what is bound already stays so."""
    made: dict[int, Node] = {}

    def visit(at: Node) -> Node:
        if id(at) not in made:
            inputs = tuple(visit(before) for before in at.inputs)
            engine = at.engine or (engines[at.op.kind] if at.op.kind else "")
            made[id(at)] = replace(at, inputs=inputs, engine=engine, twins=None)
        return made[id(at)]

    return visit(node)


@dataclass(frozen=True)
class Step:
    """A node whose engine is known, and so its address and those of its inputs."""

    node: Node
    address: Address
    inputs: tuple[Address, ...]
    # The digests of the photos that it is computed from.
    photos: frozenset[str] = frozenset()


def plan_steps(node: Node, versions: Mapping[str, str]) -> dict[Address, Step]:
    """Every step up to this one, by address, inputs before what uses them; the node's is last.

    An address is the hash of all that decides what a step computes. `versions` names the engine of
    each kind that the nodes ask for, as "name version". The engine is inside, so that all that
    follows inherits it: two steps of one address compute the same pixels.
    """
    found: dict[Address, Step] = {}
    seen: dict[int, Address] = {}

    def visit(at: Node) -> Address:
        if id(at) not in seen:
            inputs = tuple(visit(before) for before in at.inputs)
            engine = versions[at.kind] if at.op.kind else ""
            parts = json.dumps([at.op.name, at.op.version, at.args, engine, inputs])
            address = Address(sha256(parts.encode()).hexdigest())
            photos = frozenset().union(*(found[each].photos for each in inputs))
            if at.op == SOURCE:
                photos |= {at.arguments["digest"]}
            found.setdefault(address, Step(at, address, inputs, photos))
            seen[id(at)] = address
        return seen[id(at)]

    visit(node)
    return found
