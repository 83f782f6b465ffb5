from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tools.definition.fields import (
    Choice,
    Colour,
    Picture,
    Share,
    Style,
    Wish,
    parse_lora,
    shorten_words,
)
from tools.definition.matte_form import MatteForm, build_matte
from tools.definition.registry import Facts, Params, Tool, Words
from tools.pipeline import ops
from tools.pipeline.compositing.fill import find_nearness
from tools.pipeline.graph import Node, make_source
from tools.pipeline.scenes import registry as scenes

RATIOS = {"photo": 0.0, "1:1": 1.0, "4:5": 0.8, "3:4": 0.75, "4:3": 4 / 3, "16:9": 16 / 9}
# Where a product stands in a picture that is yet to be painted, as a share of its height.
FLOOR = 0.86


class Form(MatteForm):
    background = Choice(
        label=_("Background"),
        choices=[
            ("scene", _("Scene")),
            ("colour", _("Colour")),
            ("gradient", _("Gradient")),
            ("picture", _("Your picture")),
            ("words", _("In words")),
        ],
        needs={"words": "surround"},
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
    words = Wish(label=_("What should be around it?"), only_with=("background", "words"))
    style = Style(label=_("Style"))
    ratio = forms.ChoiceField(
        label=_("Shape"),
        choices=[("photo", _("Same as photo")), *((name, name) for name in list(RATIOS)[1:])],
        initial="photo",
    )
    shaded = forms.BooleanField(label=_("Add a drawn shadow"), required=False, initial=False)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        background: Any = self.fields["background"]
        if not background.has("words"):
            for name in ("words", "style", "shaded"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("background") == "picture" and not found.get("picture"):
            self.add_error("picture", _("Choose a background picture for the product."))
        return found


def canvas(width: int, height: int, params: Params) -> tuple[int, int]:
    """Width and height of the result: the wished shape, on the photo's long side."""
    ratio = RATIOS[params["ratio"]]
    if not ratio:
        return width, height
    side = max(width, height)
    return (side, round(side / ratio)) if ratio >= 1 else (round(side * ratio), side)


def painted(photo: Node, params: Params, width: int, height: int) -> Node:
    """What a model paints around the product: once, on the proxy, for the full size as well."""
    small = ops.make_proxy(photo)
    sides = dict(zip(("width", "height"), canvas(*ops.read_size(small), params), strict=True))
    alpha = build_matte(small, params)
    place = placement(alpha, params, **sides)
    stage = ops.stage(ops.make_foreground(small, alpha), alpha, place, **sides)
    style = {"lora": parse_lora(params["style"])} if params["style"] else {}
    drawn = ops.surroundings(stage, words=params["words"], seed=params["seed"] or 0, **style)
    return ops.behind(drawn, stage, width=width, height=height)


def background(photo: Node, params: Params, width: int, height: int) -> Node:
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
            return ops.own_picture(make_source(**params["picture"]), width=width, height=height)
        case "words":
            return painted(photo, params, width, height)
        case _:
            seed = params["seed"] or 0
            return ops.scene(slug=params["scene"], width=width, height=height, seed=seed)


def behind(photo: Node, params: Params) -> Node:
    """What the product is laid on."""
    return background(photo, params, *canvas(*ops.read_size(photo), params))


def placement(alpha: Node, params: Params, width: int, height: int) -> Node:
    wished = {name: params[name] for name in ("x", "y", "scale") if params[name] is not None}
    scene = params["scene"] if params["background"] == "scene" else None
    if params["background"] == "words" and "y" not in wished:
        # What is painted has a floor to stand on, which a wall of one colour has not.
        wished["ground"] = FLOOR
    return ops.placement(alpha, width=width, height=height, scene=scene, **wished)


def shadow(params: Params) -> str:
    """Who paints a picture paints its shadows too."""
    own = params["background"] != "words" or params["shaded"]
    return str(params["shadow"]) if own else "none"


def build(photo: Node, params: Params) -> Node:
    place = placed(photo, params)
    return composed(photo, params, behind(photo, params), place, shade(photo, params, place))


def look(photo: Node, params: Params) -> Node:
    width, height = ops.fit_within_pixels(*canvas(*ops.read_size(photo), params), ops.LOOK_PIXELS)
    place = placed(photo, params)
    small = ops.on_smaller(place, width=width, height=height)
    # The same shadow: it is found once.
    cast = shade(photo, params, place)
    return composed(photo, params, background(photo, params, width, height), small, cast)


def placed(photo: Node, params: Params) -> Node:
    return placement(build_matte(photo, params), params, *canvas(*ops.read_size(photo), params))


def shade(photo: Node, params: Params, place: Node) -> Node | None:
    kind = shadow(params)
    if kind == "none" or not params["strength"]:
        return None
    settings = {name: params[name] for name in ("direction", "strength")}
    return ops.shade(build_matte(photo, params), place, shadow=kind, **settings)


def composed(photo: Node, params: Params, background: Node, place: Node, cast: Node | None) -> Node:
    alpha = build_matte(photo, params)
    settings = {name: params[name] for name in ("reflection", "wrap", "tone")}
    inputs = (background, ops.make_foreground(photo, alpha), alpha, place)
    return ops.compose(*inputs, *([cast] if cast else ()), **settings)


def trace(photo: Node, mask: Node, params: Params) -> Node:  # noqa: ARG001  found anew here
    width, height = canvas(*ops.read_size(photo), params)
    place = placed(photo, params)
    return ops.mask_placed(build_matte(photo, params), place, width=width, height=height)


def market(photo: Node, params: Params, facts: Facts, colour: str) -> Node | None:  # noqa: ARG001  nothing is clear
    """The same background, drawn in the marketplace's own shape and size."""
    if params["background"] == "words":
        # A model would paint another picture.
        return None
    alpha = build_matte(photo, params)
    stage = scenes.find_scene(params["scene"]).stage if params["background"] == "scene" else None
    # Nearer to a podium, so that the product fills the sheet and stands on it all the same.
    nearness = find_nearness(facts, stage.width if stage else None)
    place = ops.place_on_market(alpha, placed(photo, params), market=facts, nearness=nearness)
    ground = background(photo, params, *(round(side * nearness) for side in facts["recommended"]))
    sheet = composed(photo, params, ground, place, shade(photo, params, place))
    return ops.scene_to_market(sheet, alpha, place)


def proof(photo: Node, params: Params) -> Node:
    alpha, place = build_matte(photo, params), placed(photo, params)
    return ops.prove_composite(photo, alpha, build(photo, params), place)


def title(params: Params) -> Words:
    match params["background"]:
        case "colour":
            return _("White") if params["colour"] == "#ffffff" else str(params["colour"])
        case "gradient":
            return f"{params['colour']} – {params['second']}"
        case "picture":
            return _("Your picture")
        case "words":
            return shorten_words(params["words"])
        case _:
            return _(scenes.find_scene(params["scene"]).name)


TOOL = Tool(
    slug="add-background",
    place=20,
    name=_("Add background"),
    doing=_("Setting the scene"),
    form=Form,
    build=build,
    proof=proof,
    alpha=build_matte,
    behind=behind,
    look=look,
    size=canvas,
    trace=trace,
    market=market,
    title=title,
)
