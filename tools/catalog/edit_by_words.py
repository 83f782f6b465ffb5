from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import Style, Wish, parse_lora, shorten_words
from tools.definition.matte_form import MatteForm, build_matte, trace_matte
from tools.definition.registry import Params, Tool
from tools.pipeline import ops
from tools.pipeline.graph import Node


class Form(MatteForm):
    words = Wish(label=_("Describe the picture you want"))
    seed = forms.IntegerField(
        min_value=0, max_value=10_000, initial=0, required=False, widget=forms.HiddenInput
    )
    style = Style(label=_("Style"))
    field_order = ("words",)


def build(photo: Node, params: Params) -> Node:
    # Drawn once, on the proxy: the full size has the same surroundings, around more pixels.
    small = ops.make_proxy(photo)
    style = {"lora": parse_lora(params["style"])} if params["style"] else {}
    drawn = ops.edit(
        small, build_matte(small, params), words=params["words"], seed=params["seed"] or 0, **style
    )
    alpha = build_matte(photo, params)
    return ops.put_back(photo, alpha, ops.make_foreground(photo, alpha), drawn)


def proof(photo: Node, params: Params) -> Node:
    return ops.prove_in_place(photo, build_matte(photo, params), build(photo, params))


TOOL = Tool(
    slug="edit-by-words",
    name=_("Edit by words"),
    doing=_("Drawing what you wrote"),
    form=Form,
    build=build,
    proof=proof,
    alpha=build_matte,
    trace=trace_matte,
    title=lambda params: shorten_words(params["words"]),
    worded=True,
)
