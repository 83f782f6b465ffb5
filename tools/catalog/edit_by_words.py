from django import forms
from django.utils.translation import gettext_lazy as _

from tools.fields import Style, Wish, lora, shortened
from tools.matte_settings import MatteForm, matte
from tools.pipeline import ops
from tools.pipeline.graph import Node
from tools.registry import Params, Tool


class Form(MatteForm):
    words = Wish(label=_("Describe the picture you want"))
    seed = forms.IntegerField(
        min_value=0, max_value=10_000, initial=0, required=False, widget=forms.HiddenInput
    )
    style = Style(label=_("Style"))
    field_order = ("words",)


def build(photo: Node, params: Params) -> Node:
    # Drawn once, on the proxy: the full size has the same surroundings, around more pixels.
    small = ops.proxy(photo)
    style = {"lora": lora(params["style"])} if params["style"] else {}
    drawn = ops.edit(
        small, matte(small, params), words=params["words"], seed=params["seed"] or 0, **style
    )
    alpha = matte(photo, params)
    return ops.put_back(photo, alpha, ops.foreground(photo, alpha), drawn)


def proof(photo: Node, params: Params) -> Node:
    return ops.prove_in_place(photo, matte(photo, params), build(photo, params))


TOOL = Tool(
    slug="edit-by-words",
    name=_("Edit by words"),
    doing=_("Drawing what you wrote"),
    form=Form,
    build=build,
    proof=proof,
    alpha=matte,
    title=lambda params: shortened(params["words"]),
    worded=True,
)
