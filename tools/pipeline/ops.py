"""The ops there are. A name, a version, and where the function is; nothing heavy is imported.

Raise an op's version whenever it gives other pixels for the same arguments.
"""

from typing import Any

from tools.pipeline.graph import SOURCE, Node, Op

# What is worked on while the visitor chooses; the download is computed at full resolution.
PROXY_PIXELS = 2_000_000

_proxy = Op("proxy", 1, "tools.pipeline.resize:proxy")
subject = Op("subject", 1, kind="matte", says=True)
refine = Op("refine", 1, "tools.pipeline.matting.refine:alpha")
foreground = Op("foreground", 1, "tools.pipeline.matting.foreground:estimate")
cut_out = Op("cut_out", 1, "tools.pipeline.matting.cut:out")


def proxy(photo: Node) -> Node:
    """The photo at no more than PROXY_PIXELS; itself when it is that small."""
    if photo.op == _proxy or is_small(photo):
        return photo
    return _proxy(photo, pixels=PROXY_PIXELS)


def is_small(photo: Node) -> bool:
    size = photo.arguments
    return photo.op == SOURCE and size["width"] * size["height"] <= PROXY_PIXELS


def matte(photo: Node, *, strokes: list[Any], softness: float = 0, shift: float = 0) -> Node:
    """The alpha of the product: found on the proxy, refined at the photo's own resolution.

    Both the preview and the full size begin from the same decision, so they agree.
    """
    found = subject(proxy(photo), strokes=strokes)
    return refine(photo, found, strokes=strokes, softness=softness, shift=shift)
