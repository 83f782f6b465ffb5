from django import forms
from django.utils.translation import gettext_lazy as _

from tools.fields import Style, lora
from tools.matte_settings import MatteForm, matte
from tools.pipeline import ops
from tools.pipeline.graph import Node
from tools.registry import Params, Tool, Words

LONGEST = 500
LONGEST_TITLE = 40


class Form(MatteForm):
    words = forms.CharField(
        label=_("What should the picture show?"),
        max_length=LONGEST,
        required=False,
        initial="",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
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


def title(params: Params) -> Words:
    words = params["words"]
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


TOOL = Tool(
    slug="edit-by-words",
    name=_("Edit by words"),
    doing=_("Drawing what you wrote"),
    form=Form,
    build=build,
    proof=proof,
    alpha=matte,
    title=title,
    worded=True,
)
