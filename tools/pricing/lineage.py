"""Lineage of an attempt, tools after tools: what an attempt begins from, as steps and as recipes."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.definition import registry
from tools.models import Attempt, Job, Photo
from tools.pipeline import engines, ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node, make_source, pin_engines

Recipe = Mapping[str, Any]
# Tools on top of each other: one more and the plans become long.
LONGEST = 24


def begin_graph(photo: Photo, before: Sequence[Recipe] = ()) -> Node:
    """The picture that the recipes make of the photo, in full; the photo itself without any."""
    whole = make_source(photo.digest, photo.width, photo.height)
    for recipe in before:
        whole = followed(whole, recipe)
    return whole


def followed(whole: Node, recipe: Recipe) -> Node:
    """What the recipe makes of the picture, to go on from; its proxy is what its page showed."""
    tool, params = registry.get_tool(recipe["tool"]), recipe["params"]
    named = dict.fromkeys(tool.kinds(params), engines.EMBEDDED) | recipe["engines"]

    def made(picture: Node) -> Node:
        steps = pin_engines(tool.build(picture, params), named)
        width, height = tool.size(*ops.read_size(picture), params)
        return ops.make_result(steps, width=width, height=height)

    full = made(whole)
    return ops.pair_sizes(made(ops.make_proxy(whole)) if tool.proxied(params) else full, full)


def trace_product(photo: Photo, before: Sequence[Recipe], last: Recipe) -> Node:
    """Where the product lies in what the recipes make of the photo: by the matte that one of them
    has found, or by the photo's own.
    """
    whole = make_source(photo.digest, photo.width, photo.height)
    mask = ops.make_matte(whole, strokes=[])
    for recipe in before:
        tool, params = registry.get_tool(recipe["tool"]), recipe["params"]
        known = {"matte": engines.EMBEDDED, **recipe["engines"]}
        mask = pin_engines(tool.trace(whole, mask, params), known)
        whole = followed(whole, recipe)
    return registry.get_tool(last["tool"]).trace(whole, mask, last["params"])


def preview_node(tool: registry.Tool, params: registry.Params, whole: Node) -> Node:
    """The picture as the visitor sees it worked on: its proxy, where that shows the same."""
    return ops.make_proxy(whole) if tool.proxied(params) else whole


def choose_engines(
    tool: registry.Tool,
    params: registry.Params,
    wanted: Mapping[str, str],
    whole: Node,
    *also: Node,
) -> dict[str, Engine]:
    """The engines for the tool on the picture, for all that is done before it, and for `also`.

    Raises EngineUnavailableError.
    """
    # Also the kinds that the tool has no need of here: what the visitor chose is checked.
    kinds = tool.kinds(params) | tool.build(whole, params).kinds() | whole.kinds()
    kinds = kinds.union(*(node.kinds() for node in also))
    return engines.choose_engines(kinds, wanted)


def recipes_before(parent: Attempt | None, photo: Photo, slug: str) -> list[Recipe]:
    """What an attempt of this tool begins from when it is asked for at the parent.

    Another tool goes on from the parent's result. The same tool begins where the parent began: a
    changed scene takes the place of the scene. What came to nothing is nothing to go on from.
    """
    if parent is None or parent.photo_id != photo.pk:
        return []
    if parent.tool == slug or parent.status in {Job.Status.FAILED, Job.Status.CANCELLED}:
        return list(parent.before)
    return [*parent.before, parent.recipe()]
