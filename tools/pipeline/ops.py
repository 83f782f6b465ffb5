"""The ops there are. A name, a version, and where the function is; nothing heavy is imported.

Raise an op's version whenever it gives other pixels for the same arguments.
"""

from dataclasses import replace
from typing import Any

from tools.pipeline.graph import SOURCE, Node, Op

# What is worked on while the visitor chooses; the download is computed at full resolution.
PROXY_PIXELS = 2_000_000
# What is shown first: enough for most of a screen, and made in a quarter of the time.
LOOK_PIXELS = 500_000
# Every step is kept, and each is as deep again: not one for each of hundreds of strokes.
STROKES_AT_ONCE = 4

_proxy = Op("proxy", 1, "tools.pipeline.resize:shrink_to_pixels")
_fitted = Op("fitted", 1, "tools.pipeline.resize:shrink_to_size")
_part = Op("part", 1, "tools.pipeline.resize:cut_part")
_result = Op("result", 1, "tools.pipeline.resize:read_result")
subject = Op("subject", 6, kind="matte", says=True)
refine = Op("refine", 4, "tools.pipeline.matting.steps:refine_matte")
detail = Op("detail", 1, kind="matte")
_second = Op("second", 1, "tools.pipeline.matting.steps:take_second", says=True)
_reshape = Op("reshape", 1, "tools.pipeline.matting.steps:reshape_matte", says=True)
_retouch = Op("retouch", 1, "tools.pipeline.matting.steps:retouch_matte")
_moved = Op("moved", 1, "tools.pipeline.matting.outline:shift_matte_edge")
_foreground = Op("foreground", 2, "tools.pipeline.matting.foreground:estimate_foreground")
cut_out = Op("cut_out", 1, "tools.pipeline.matting.cutout:cut_out_subject")
scene = Op("scene", 4, "tools.pipeline.scenes.draw:draw_scene")
colour = Op("colour", 1, "tools.pipeline.scenes.draw:draw_colour")
gradient = Op("gradient", 1, "tools.pipeline.scenes.draw:draw_gradient")
own_picture = Op("own_picture", 1, "tools.pipeline.scenes.draw:draw_own_picture")
placement = Op("placement", 2, "tools.pipeline.compositing.placement:place_product", says=True)
stage = Op("stage", 1, "tools.pipeline.compositing.product_canvas:stage_product")
surroundings = Op("surroundings", 1, kind="surround")
behind = Op("behind", 1, "tools.pipeline.compositing.product_canvas:fill_behind_product")
on_smaller = Op("on_smaller", 1, "tools.pipeline.compositing.placement:scale_placement")
shade = Op("shade", 1, "tools.pipeline.compositing.casting:cast_shadow")
compose = Op("compose", 4, "tools.pipeline.compositing.compose:composite_product")
to_market = Op("to_market", 2, "tools.pipeline.compositing.export:fit_product_to_market", says=True)
place_on_market = Op(
    "place_on_market", 2, "tools.pipeline.compositing.export:place_on_market", says=True
)
scene_to_market = Op(
    "scene_to_market", 1, "tools.pipeline.compositing.export:fit_scene_to_market", says=True
)
frame_for_market = Op(
    "frame_for_market", 1, "tools.pipeline.compositing.framing:frame_for_market", says=True
)
mask_placed = Op("mask_placed", 1, "tools.pipeline.compositing.export:mask_placed")
resize_mask = Op("resize_mask", 1, "tools.pipeline.compositing.framing:resize_mask")
pad_mask = Op("pad_mask", 1, "tools.pipeline.compositing.framing:pad_mask")
product = Op("product", 1, "tools.pipeline.recommending.measuring:measure_product", says=True)
measure = Op("measure", 3, "tools.pipeline.enhancing.steps:measure_photo", says=True)
clean = Op("clean", 4, kind="denoise")
upscale = Op("upscale", 2, kind="upscale")
erase = Op("erase", 3, kind="fill")
untouched = Op("untouched", 2, "tools.pipeline.filling.steps:mask_untouched")
expand = Op("expand", 2, kind="fill", says=True)
edit = Op("edit", 1, kind="edit", says=True)
put_back = Op("put_back", 1, "tools.pipeline.registration:restore_product")
lay_on_canvas = Op("lay_on_canvas", 1, "tools.pipeline.compositing.canvas:lay_on_canvas", says=True)
prove_continued = Op(
    "prove_continued", 2, "tools.pipeline.fidelity_proofs:prove_continued", says=True
)
prove_enhanced = Op("prove_enhanced", 3, "tools.pipeline.fidelity_proofs:prove_enhanced", says=True)
prove_in_place = Op("prove_in_place", 2, "tools.pipeline.fidelity_proofs:prove_in_place", says=True)
prove_composite = Op(
    "prove_composite", 2, "tools.pipeline.fidelity_proofs:prove_composite", says=True
)


def make_proxy(photo: Node) -> Node:
    """The photo at no more than PROXY_PIXELS; itself when it is that small."""
    if photo.twins:
        return replace(photo.twins[0], twins=photo.twins)
    if photo.op == _proxy or is_small(photo):
        return photo
    return _proxy(photo, pixels=PROXY_PIXELS)


def find_original(photo: Node) -> Node:
    """The photo that this is the proxy of, or itself."""
    if photo.twins:
        return replace(photo.twins[1], twins=photo.twins)
    return photo.inputs[0] if photo.op == _proxy else photo


def make_result(made: Node, *, width: int, height: int) -> Node:
    """The picture that came of these steps, to work on as if it were a photo of that size."""
    return _result(made, width=width, height=height)


def pair_sizes(small: Node, whole: Node) -> Node:
    """The whole picture, whose proxy is the small one: made so, and not shrunk from it."""
    return replace(whole, twins=(make_proxy(small), whole))


def is_small(photo: Node) -> bool:
    if photo.op not in {SOURCE, _result}:
        return False
    width, height = read_size(photo)
    return width * height <= PROXY_PIXELS


def read_size(photo: Node) -> tuple[int, int]:
    """Width and height of a photo, or of its proxy."""
    if photo.op == _proxy:
        return fit_within_pixels(*read_size(photo.inputs[0]), PROXY_PIXELS)
    return photo.arguments["width"], photo.arguments["height"]


def fit_within_pixels(width: int, height: int, pixels: int) -> tuple[int, int]:
    """Width and height of a picture that was made so small; its own when it is."""
    scale = (pixels / (width * height)) ** 0.5
    return (
        (width, height) if scale >= 1 else (max(1, int(width * scale)), max(1, int(height * scale)))
    )


def fit_nearest(width: int, height: int, pixels: int) -> tuple[int, int]:
    """Width and height of a picture that was made so small, each rounded to the nearest pixel, so
    that both together may be a hair more; its own when it is.
    """
    scale = (pixels / (width * height)) ** 0.5
    return (
        (width, height)
        if scale >= 1
        else (max(1, round(width * scale)), max(1, round(height * scale)))
    )


def fit_to_size(photo: Node, *, width: int, height: int) -> Node:
    """The photo at that size, which is no larger than its own, to work on as if it were a photo."""
    if read_size(photo) == (width, height):
        return photo
    fitted = _fitted(photo, width=width, height=height)
    return make_result(fitted, width=width, height=height)


def take_part(photo: Node, box: list[int]) -> Node:
    """What of the photo lies in the box, [left, top, right, bottom] in pixels, half-open, to work on
    as if it were a photo.
    """
    left, top, right, bottom = box
    return make_result(_part(photo, box=box), width=right - left, height=bottom - top)


def fit_within_side(width: int, height: int, side: int) -> tuple[int, int]:
    """Width and height of a picture whose long side was made no longer than that."""
    scale = side / max(width, height)
    if scale >= 1:
        return width, height
    # What is short of a whole pixel by a rounding error is that pixel.
    return max(1, int(width * scale + 1e-6)), max(1, int(height * scale + 1e-6))


def is_photo(step: Node) -> bool:
    """Whether it is a photo as it came, or its proxy: quick to have anywhere."""
    return step.op == SOURCE or (step.op == _proxy and step.inputs[0].op == SOURCE)


def find_working_size(step: Node) -> tuple[int, int]:
    """Height and width of the picture, of its proxy, or of the canvas that the step's first input
    comes from.
    """
    at = step
    while at.inputs and at.op not in {_result, _proxy, stage}:
        at = at.inputs[0]
    if at.op not in {SOURCE, _result, _proxy, stage}:
        return 0, 0
    width, height = read_size(at)
    return height, width


def make_matte(
    photo: Node,
    *,
    strokes: list[Any],
    softness: float = 0,
    shift: float = 0,
    hair: bool = False,
    second: bool = False,
) -> Node:
    """The alpha of the product: found on the proxy, refined at the photo's own resolution, and with
    `hair` seen by the engine again where the edge is soft.

    Both the preview and the full size begin from the same decision, so they agree. Of what was cut
    out before, the alpha is the one that it was cut out with. Strokes come last: what was found
    without them is known already, and stays as it is but near them. With `second` it is the next
    best answer to where the product is, where there was one.
    """
    if (cut := cut_from(photo)) and not (strokes or softness or shift):
        return cut.inputs[1]
    found = subject(make_proxy(photo), strokes=[])
    if second:
        found = take_second(photo)
    if not (hair or strokes):
        return refine(photo, found, softness=float(softness), shift=float(shift))
    # The very step of an attempt without them: its matte is known when the first stroke comes.
    alpha = refine(photo, found, softness=0.0, shift=0.0)
    if hair:
        alpha = detail(photo, alpha, strokes=[])
    if strokes:
        alpha = _retouch(photo, alpha, _reshaped(photo, found, strokes), strokes=strokes)
    return _moved(alpha, softness=softness, shift=shift) if softness or shift else alpha


def take_second(photo: Node) -> Node:
    """The answer to where the product is that was next best; its value as that of `subject`."""
    small = make_proxy(photo)
    return _second(small, subject(small, strokes=[]))


def _reshaped(photo: Node, found: Node, strokes: list[Any]) -> Node:
    """A few strokes to a step: of all but the newest the shape is known from the last time."""
    for start in range(0, len(strokes), STROKES_AT_ONCE):
        found = _reshape(make_proxy(photo), found, strokes=strokes[start : start + STROKES_AT_ONCE])
    return found


def make_foreground(photo: Node, alpha: Node) -> Node:
    """The product's own colours, also where the ground shines through its edge."""
    cut = cut_from(photo)
    if cut and alpha is cut.inputs[1]:
        return cut.inputs[2]
    return _foreground(photo, alpha)


def cut_from(photo: Node) -> Node | None:
    """The step that cut the picture out of another, if that is how it came to be."""
    made = photo.inputs[0] if photo.op == _result else None
    return made if made and made.op == cut_out else None
