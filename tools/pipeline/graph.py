"""Steps and their addresses. Composing computes nothing; `run.py` computes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
    """One use of an op: what goes in and with which arguments (as canonical JSON)."""

    op: Op
    inputs: tuple["Node", ...]
    args: str

    @property
    def arguments(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.args)
        return found

    def kinds(self) -> frozenset[str]:
        """The kinds of engine that this step and those before it ask for."""
        own = {self.op.kind} - {""}
        return frozenset(own.union(*(node.kinds() for node in self.inputs)))


SOURCE = Op("source", 1)


def source(digest: str, width: int, height: int) -> Node:
    """A photo, by the digest of its pixels."""
    return SOURCE(digest=digest, width=width, height=height)


@dataclass(frozen=True)
class Step:
    """A node whose engine is known, and so its address and those of its inputs."""

    node: Node
    address: Address
    inputs: tuple[Address, ...]


def plan(node: Node, versions: Mapping[str, str]) -> dict[Address, Step]:
    """Every step up to this one, by address, inputs before what uses them; the node's is last.

    An address is the hash of all that decides what a step computes. `versions` names the engine
    of each kind, as "name version". The engine is inside, so that all that follows inherits it:
    two steps of one address compute the same pixels.
    """
    found: dict[Address, Step] = {}
    seen: dict[int, Address] = {}

    def visit(at: Node) -> Address:
        if id(at) not in seen:
            inputs = tuple(visit(before) for before in at.inputs)
            engine = versions[at.op.kind] if at.op.kind else ""
            parts = json.dumps([at.op.name, at.op.version, at.args, engine, inputs])
            address = Address(sha256(parts.encode()).hexdigest())
            found.setdefault(address, Step(at, address, inputs))
            seen[id(at)] = address
        return seen[id(at)]

    visit(node)
    return found
