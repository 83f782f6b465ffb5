from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import Strokes
from tools.definition.registry import Params, Tool
from tools.pipeline import ops
from tools.pipeline.graph import Node


class Form(forms.Form):
    quality = forms.ChoiceField(
        label=_("Quality"),
        choices=[("best", _("Best")), ("fast", _("Fast"))],
        widget=forms.RadioSelect,
        initial="best",
    )
    strokes = Strokes()
    seed = forms.IntegerField(
        min_value=0, max_value=10_000, initial=0, required=False, widget=forms.HiddenInput
    )


def build(photo: Node, params: Params) -> Node:
    return ops.erase(
        photo,
        strokes=params["strokes"],
        quality=params["quality"],
        seed=params["seed"] or 0,
    )


def proof(photo: Node, params: Params) -> Node:
    rest = ops.untouched(photo, strokes=params["strokes"])
    return ops.prove_in_place(photo, rest, build(photo, params))


TOOL = Tool(
    slug="erase-object",
    place=40,
    name=_("Erase object"),
    doing=_("Erasing"),
    form=Form,
    build=build,
    proof=proof,
    painted=True,
)
