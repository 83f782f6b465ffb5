from django.utils.translation import gettext_lazy as _

from tools.definition.matte_form import MatteForm, build_matte, trace_matte
from tools.definition.registry import Facts, Params, Tool, Words
from tools.pipeline import ops
from tools.pipeline.graph import Node


def build(photo: Node, params: Params) -> Node:
    alpha = build_matte(photo, params)
    return ops.cut_out(photo, alpha, ops.make_foreground(photo, alpha))


def proof(photo: Node, params: Params) -> Node:
    return ops.prove_in_place(photo, build_matte(photo, params), build(photo, params))


def market(photo: Node, params: Params, facts: Facts, colour: str) -> Node:
    alpha = build_matte(photo, params)
    return ops.to_market(ops.make_foreground(photo, alpha), alpha, market=facts, colour=colour)


def title(params: Params) -> Words:
    if params["strokes"]:
        return _("Cut-out, brushed")
    if params["softness"]:
        return _("Cut-out, softer edge")
    if params["shift"]:
        return _("Cut-out, wider") if params["shift"] > 0 else _("Cut-out, tighter")
    return _("Remove background")


TOOL = Tool(
    slug="remove-background",
    place=10,
    name=_("Remove background"),
    doing=_("Removing the background"),
    form=MatteForm,
    build=build,
    proof=proof,
    alpha=build_matte,
    trace=trace_matte,
    market=market,
    title=title,
)
