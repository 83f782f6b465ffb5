"""An attempt's plan: what it begins from and what it makes, as nodes, made once and carried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.definition import registry
from tools.models import Attempt, Photo
from tools.pipeline import ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node
from tools.pricing import lineage
from tools.pricing.lineage import Recipe


@dataclass(frozen=True, kw_only=True)
class AttemptPlan:
    """`whole` is what the attempt begins from at full size, `at` the same as the page works on it;
    `full` and `result` are what the tool makes of each, `proof` what it did to the product of `at`.
    """

    tool: registry.Tool
    params: registry.Params
    whole: Node
    at: Node
    result: Node
    full: Node
    proof: Node | None

    @property
    def small(self) -> Node:
        """What the attempt begins from at the page's size, whichever size the tool works on."""
        return ops.make_proxy(self.whole)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the full result, in pixels."""
        return self.tool.size(*ops.read_size(self.whole), self.params)

    def choose_engines(self, wanted: Mapping[str, str], *also: Node) -> dict[str, Engine]:
        """See `lineage.choose_engines`. Raises EngineUnavailableError."""
        return lineage.choose_engines(self.tool, self.params, wanted, self.whole, *also)


def plan_tool(
    tool: registry.Tool, params: registry.Params, photo: Photo, before: Sequence[Recipe] = ()
) -> AttemptPlan:
    """The plan of a tool with clean parameters on what the recipes before make of the photo."""
    whole = lineage.begin_graph(photo, before)
    at = lineage.preview_node(tool, params, whole)
    return AttemptPlan(
        tool=tool,
        params=params,
        whole=whole,
        at=at,
        result=tool.build(at, params),
        full=tool.build(whole, params),
        proof=tool.proof(at, params) if tool.proof else None,
    )


def plan_attempt(attempt: Attempt, photo: Photo | None = None) -> AttemptPlan:
    """The attempt's plan, on its photo as that is when its pixels are known."""
    tool = registry.get_tool(attempt.tool)
    return plan_tool(tool, attempt.params, photo or attempt.photo, attempt.before)
