from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tools.fields import Colour, Picture, Share
from tools.matte_settings import MatteForm, matte
from tools.pipeline import ops
from tools.pipeline.graph import Node, source
from tools.pipeline.scenes import registry as scenes
from tools.registry import Params, Tool, Words

RATIOS = {"photo": 0.0, "1:1": 1.0, "4:5": 0.8, "3:4": 0.75, "4:3": 4 / 3, "16:9": 16 / 9}


class Form(MatteForm):
    background = forms.ChoiceField(
        label=_("Background"),
        choices=[
            ("scene", _("Scene")),
            ("colour", _("Colour")),
            ("gradient", _("Gradient")),
            ("picture", _("Your picture")),
        ],
        widget=forms.RadioSelect,
        initial="scene",
    )
    scene = forms.ChoiceField(
        label=_("Scene"),
        choices=[(scene.slug, _(scene.name)) for scene in scenes.SCENES],
        initial=scenes.SCENES[0].slug,
    )
    colour = Colour(label=_("Colour"), initial="#ffffff")
    second = Colour(label=_("Second colour"), initial="#d8d8d8")
    angle = forms.FloatField(
        label=_("Direction of the gradient"), min_value=0, max_value=360, initial=180
    )
    picture = Picture(label=_("Your picture"), required=False)
    ratio = forms.ChoiceField(
        label=_("Shape"),
        choices=[("photo", _("As the photo")), *((name, name) for name in list(RATIOS)[1:])],
        initial="photo",
    )
    shadow = forms.ChoiceField(
        label=_("Shadow"),
        choices=[
            ("none", _("None")),
            ("soft", _("Soft")),
            ("hard", _("Hard")),
            ("floating", _("Floating")),
        ],
        widget=forms.RadioSelect,
        initial="soft",
    )
    strength = Share(label=_("Strength of the shadow"), initial=0.7)
    direction = forms.FloatField(
        label=_("Where the light comes from"), min_value=0, max_value=360, required=False
    )
    reflection = Share(label=_("Reflection"), initial=0)
    wrap = Share(label=_("Light around the edge"), initial=0.3)
    tone = Share(label=_("Match the background to the product"), initial=0)
    x = forms.FloatField(min_value=-1, max_value=2, required=False, widget=forms.HiddenInput)
    y = forms.FloatField(min_value=-1, max_value=2, required=False, widget=forms.HiddenInput)
    # In shares of the size at which the product's pixels stay the photo's own.
    scale = forms.FloatField(min_value=0.05, max_value=4, required=False, widget=forms.HiddenInput)
    seed = forms.IntegerField(
        min_value=0, max_value=10_000, initial=0, widget=forms.HiddenInput, required=False
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("background") == "picture" and not found.get("picture"):
            self.add_error("picture", _("Choose the picture that the product is to stand in."))
        return found


def canvas(width: int, height: int, params: Params) -> tuple[int, int]:
    """Width and height of the result: the wished shape, on the photo's long side."""
    ratio = RATIOS[params["ratio"]]
    if not ratio:
        return width, height
    side = max(width, height)
    return (side, round(side / ratio)) if ratio >= 1 else (round(side * ratio), side)


def background(params: Params, width: int, height: int) -> Node:
    match params["background"]:
        case "colour":
            return ops.colour(colour=params["colour"], width=width, height=height)
        case "gradient":
            return ops.gradient(
                first=params["colour"],
                second=params["second"],
                angle=params["angle"],
                width=width,
                height=height,
            )
        case "picture":
            return ops.own_picture(source(**params["picture"]), width=width, height=height)
        case _:
            seed = params["seed"] or 0
            return ops.scene(slug=params["scene"], width=width, height=height, seed=seed)


def behind(photo: Node, params: Params) -> Node:
    return background(params, *canvas(*ops.size(photo), params))


def placement(alpha: Node, params: Params, width: int, height: int) -> Node:
    wished = {name: params[name] for name in ("x", "y", "scale") if params[name] is not None}
    scene = params["scene"] if params["background"] == "scene" else None
    return ops.placement(alpha, width=width, height=height, scene=scene, **wished)


def build(photo: Node, params: Params) -> Node:
    width, height = canvas(*ops.size(photo), params)
    alpha = matte(photo, params)
    return ops.compose(
        behind(photo, params),
        ops.foreground(photo, alpha),
        alpha,
        placement(alpha, params, width, height),
        shadow=params["shadow"],
        direction=params["direction"],
        strength=params["strength"],
        reflection=params["reflection"],
        wrap=params["wrap"],
        tone=params["tone"],
    )


def proof(photo: Node, params: Params) -> Node:
    width, height = canvas(*ops.size(photo), params)
    alpha = matte(photo, params)
    place = placement(alpha, params, width, height)
    return ops.prove_composite(photo, alpha, build(photo, params), place)


def title(params: Params) -> Words:
    match params["background"]:
        case "colour":
            return _("White") if params["colour"] == "#ffffff" else str(params["colour"])
        case "gradient":
            return f"{params['colour']} – {params['second']}"
        case "picture":
            return _("Your picture")
        case _:
            return scenes.scene(params["scene"]).name


TOOL = Tool(
    slug="add-background",
    place=20,
    name=_("Add background"),
    doing=_("Setting the scene"),
    form=Form,
    build=build,
    proof=proof,
    alpha=matte,
    behind=behind,
    size=canvas,
    title=title,
)
