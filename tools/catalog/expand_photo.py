from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import Share
from tools.definition.registry import Params, Tool, Words
from tools.pipeline import ops
from tools.pipeline.filling.padding import NAMES, compute_padding
from tools.pipeline.graph import Node

RATIOS = {"1:1": 1.0, "4:5": 0.8, "3:4": 0.75, "4:3": 4 / 3, "16:9": 16 / 9, "9:16": 9 / 16}


class Form(forms.Form):
    ratio = forms.ChoiceField(
        label=_("Shape"),
        choices=[*((name, name) for name in RATIOS), ("", _("Custom"))],
        initial="1:1",
        required=False,
    )
    # A square photo is not square already: something is to be seen of the first attempt.
    left = Share(label=_("Left"), initial=0.1)
    right = Share(label=_("Right"), initial=0.1)
    top = Share(label=_("Above"), initial=0.1)
    bottom = Share(label=_("Below"), initial=0.1)
    seed = forms.IntegerField(
        min_value=0, max_value=10_000, initial=0, required=False, widget=forms.HiddenInput
    )


def build(photo: Node, params: Params) -> Node:
    return ops.expand(photo, **wider(params), seed=params["seed"] or 0)


def trace(photo: Node, mask: Node, params: Params) -> Node:  # noqa: ARG001  it stays where it is
    return ops.pad_mask(mask, **wider(params))


def wider(params: Params) -> dict[str, Any]:
    """What is added to the photo, as `padding` reads it."""
    sides = {side: params[side] for side in NAMES}
    return {"ratio": RATIOS.get(params["ratio"]), "sides": sides}


def proof(photo: Node, params: Params) -> Node:
    return ops.prove_continued(photo, build(photo, params))


def size(width: int, height: int, params: Params) -> tuple[int, int]:
    shares = params["left"], params["right"], params["top"], params["bottom"]
    left, right, top, bottom = compute_padding(width, height, RATIOS.get(params["ratio"]), shares)
    return width + left + right, height + top + bottom


def changes_nothing(width: int, height: int, params: Params) -> bool:
    return size(width, height, params) == (width, height)


def title(params: Params) -> Words:
    return params["ratio"] or _("Expanded")


TOOL = Tool(
    slug="expand-photo",
    place=50,
    name=_("Expand photo"),
    doing=_("Continuing the background"),
    form=Form,
    build=build,
    proof=proof,
    size=size,
    changes_nothing=changes_nothing,
    trace=trace,
    title=title,
)
