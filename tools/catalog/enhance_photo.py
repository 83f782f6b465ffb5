from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import Share
from tools.definition.registry import Params, Tool, Words
from tools.pipeline import ops
from tools.pipeline.graph import Node

STRENGTHS = ("denoise", "deblock", "sharpen", "light", "white_balance", "local_contrast")


class Form(forms.Form):
    size = forms.ChoiceField(
        label=_("Size"),
        choices=[("1", _("As it is")), ("2", "2×"), ("4", "4×")],
        widget=forms.RadioSelect,
        initial="1",
    )
    auto = forms.BooleanField(label=_("Auto-enhance"), required=False, initial=True)
    denoise = Share(label=_("Remove noise"), initial=0)
    deblock = Share(label=_("Remove JPEG artifacts"), initial=0)
    sharpen = Share(label=_("Sharpen"), initial=0)
    light = Share(label=_("Light"), initial=0)
    white_balance = Share(label=_("White balance"), initial=0)
    local_contrast = Share(label=_("Local contrast"), initial=0)


def build(photo: Node, params: Params) -> Node:
    wanted = None if params["auto"] else {name: params[name] for name in STRENGTHS}
    cleaned = ops.clean(photo, ops.measure(ops.find_original(photo)), strengths=wanted)
    factor = int(params["size"])
    return cleaned if factor == 1 else ops.upscale(cleaned, factor=factor)


def proof(photo: Node, params: Params) -> Node:
    return ops.prove_enhanced(photo, build(photo, params))


def size(width: int, height: int, params: Params) -> tuple[int, int]:
    factor = int(params["size"])
    return width * factor, height * factor


def proxied(params: Params) -> bool:
    """What more pixels bring cannot be seen on fewer."""
    return str(params["size"]) == "1"


def changes_nothing(_width: int, _height: int, params: Params) -> bool:
    untouched = not params["auto"] and not any(params[name] for name in STRENGTHS)
    return untouched and int(params["size"]) == 1


def trace(photo: Node, mask: Node, params: Params) -> Node:  # noqa: ARG001  only its size changes
    factor = int(params["size"])
    return mask if factor == 1 else ops.resize_mask(mask, factor=factor)


def title(params: Params) -> Words:
    return _("Enhanced") if params["size"] == "1" else f"{params['size']}×"


TOOL = Tool(
    slug="enhance-photo",
    place=30,
    name=_("Enhance photo"),
    doing=_("Enhancing the photo"),
    form=Form,
    build=build,
    proof=proof,
    size=size,
    trace=trace,
    proxied=proxied,
    changes_nothing=changes_nothing,
    title=title,
)
