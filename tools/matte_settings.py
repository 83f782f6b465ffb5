"""The settings of a matte, which every tool that cuts the product out has."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tools.fields import Share, Strokes
from tools.pipeline import ops
from tools.pipeline.graph import Node
from tools.registry import Params

# The largest softening and shift of the edge, as shares of the photo's long side.
SOFTEST = 0.01
FARTHEST = 0.005


class MatteForm(forms.Form):
    softness = Share(label=_("Soften the edge"), initial=0)
    shift = Share(label=_("Grow or shrink the edge"), low=-1, initial=0)
    strokes = Strokes()


def matte(photo: Node, params: Params) -> Node:
    """The product's alpha, by the form's settings."""
    return ops.matte(
        photo,
        strokes=params["strokes"],
        softness=params["softness"] * SOFTEST,
        shift=params["shift"] * FARTHEST,
    )
