"""The ops there are. A name, a version, and where the function is; nothing heavy is imported.

Raise an op's version whenever it gives other pixels for the same arguments.
"""

from typing import Any

from tools.pipeline.graph import SOURCE, Node, Op

# What is worked on while the visitor chooses; the download is computed at full resolution.
PROXY_PIXELS = 2_000_000

_proxy = Op("proxy", 1, "tools.pipeline.resize:proxy")
subject = Op("subject", 4, kind="matte", says=True)
refine = Op("refine", 1, "tools.pipeline.matting.steps:refine")
foreground = Op("foreground", 1, "tools.pipeline.matting.foreground:estimate")
cut_out = Op("cut_out", 1, "tools.pipeline.matting.cut:out")
scene = Op("scene", 2, "tools.pipeline.scenes.draw:scene")
colour = Op("colour", 1, "tools.pipeline.scenes.draw:colour")
gradient = Op("gradient", 1, "tools.pipeline.scenes.draw:gradient")
own_picture = Op("own_picture", 1, "tools.pipeline.scenes.draw:own")
placement = Op("placement", 1, "tools.pipeline.compositing.place:placement", says=True)
compose = Op("compose", 1, "tools.pipeline.compositing.compose:onto")
to_market = Op("to_market", 1, "tools.pipeline.compositing.export:of_cut_out", says=True)
product = Op("product", 1, "tools.pipeline.recommending.measuring:features", says=True)
measure = Op("measure", 2, "tools.pipeline.enhancing.steps:measure", says=True)
clean = Op("clean", 2, kind="denoise")
upscale = Op("upscale", 1, kind="upscale")
erase = Op("erase", 2, kind="fill")
untouched = Op("untouched", 2, "tools.pipeline.filling.steps:untouched")
expand = Op("expand", 2, kind="fill", says=True)
prove_continued = Op("prove_continued", 1, "tools.pipeline.proving:continued", says=True)
prove_enhanced = Op("prove_enhanced", 2, "tools.pipeline.proving:enhanced", says=True)
prove_in_place = Op("prove_in_place", 1, "tools.pipeline.proving:in_place", says=True)
prove_composite = Op("prove_composite", 1, "tools.pipeline.proving:composite", says=True)


def proxy(photo: Node) -> Node:
    """The photo at no more than PROXY_PIXELS; itself when it is that small."""
    if photo.op == _proxy or is_small(photo):
        return photo
    return _proxy(photo, pixels=PROXY_PIXELS)


def original(photo: Node) -> Node:
    """The photo that this is the proxy of, or itself."""
    return photo.inputs[0] if photo.op == _proxy else photo


def is_small(photo: Node) -> bool:
    if photo.op != SOURCE:
        return False
    width, height = size(photo)
    return width * height <= PROXY_PIXELS


def size(photo: Node) -> tuple[int, int]:
    """Width and height of a photo, or of its proxy."""
    if photo.op == _proxy:
        width, height = size(photo.inputs[0])
        scale = (PROXY_PIXELS / (width * height)) ** 0.5
        return max(1, int(width * scale)), max(1, int(height * scale))
    return photo.arguments["width"], photo.arguments["height"]


def is_photo(step: Node) -> bool:
    """Whether it is a photo as it came, or its proxy: quick to have anywhere."""
    return step.op in {SOURCE, _proxy}


def worked_on(step: Node) -> tuple[int, int]:
    """Height and width of the photo, or of its proxy, that the step's first input comes from."""
    at = step
    while at.inputs and not is_photo(at):
        at = at.inputs[0]
    if not is_photo(at):
        return 0, 0
    width, height = size(at)
    return height, width


def matte(photo: Node, *, strokes: list[Any], softness: float = 0, shift: float = 0) -> Node:
    """The alpha of the product: found on the proxy, refined at the photo's own resolution.

    Both the preview and the full size begin from the same decision, so they agree.
    """
    found = subject(proxy(photo), strokes=strokes)
    return refine(photo, found, strokes=strokes, softness=softness, shift=shift)
