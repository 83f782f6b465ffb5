"""Matte form: the settings that every tool that cuts the product out has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import OtherAnswer, Share, Strokes
from tools.definition.registry import Params
from tools.pipeline import engines, ops
from tools.pipeline.graph import Node

# The largest softening and shift of the edge, as shares of the photo's long side.
SOFTEST = 0.01
FARTHEST = 0.005


class MatteForm(forms.Form):
    softness = Share(label=_("Soften the edge"), initial=0)
    shift = Share(label=_("Grow or shrink the edge"), low=-1, initial=0)
    hair = forms.BooleanField(label=_("Refine hair and fur edges"), required=False, initial=False)
    strokes = Strokes()
    next_best = OtherAnswer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only networks have eyes for it.
        if all(engine.name == engines.EMBEDDED for engine in engines.list_engines_of_kind("matte")):
            del self.fields["hair"]


def trace_matte(photo: Node, mask: Node, params: Params) -> Node:  # noqa: ARG001  found anew here
    """Where the product lies in what the tool gives at the photo's size."""
    return build_matte(photo, params)


def build_matte(photo: Node, params: Params) -> Node:
    """The product's alpha, by the form's settings."""
    return ops.make_matte(
        photo,
        strokes=params["strokes"],
        softness=params["softness"] * SOFTEST,
        shift=params["shift"] * FARTHEST,
        hair=bool(params.get("hair")),
        second=bool(params.get("next_best")),
    )
