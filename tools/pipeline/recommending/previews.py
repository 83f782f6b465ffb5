"""Small pictures of the product in each of some scenes."""

import cv2
import numpy as np

from tools.pipeline.compositing.casting import cast_shadow
from tools.pipeline.compositing.compose import composite_product
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.pixels import Alpha, Rgb
from tools.pipeline.scenes import draw


def render_previews(
    foreground: Rgb, alpha: Alpha, scenes: list[str], *, size: int = 320
) -> dict[str, Rgb]:
    """A picture for each slug, h×w×3 uint8 sRGB and `size` pixels on its long side, as the full
    result will look; of a product's colours (H×W×3 uint8 sRGB) and alpha (H×W uint8).

    Raises UnknownSceneError and NothingToPlaceError.
    """
    high, wide = alpha.shape
    scale = min(1.0, size / max(high, wide))
    small = (max(round(wide * scale), 1), max(round(high * scale), 1))
    # Premultiplied, so that what lies behind the product does not bleed into its edge.
    share = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA)
    heavy = foreground.astype(np.uint16) * alpha[..., None]
    light = cv2.resize(heavy, small, interpolation=cv2.INTER_AREA)
    colour = (light / np.maximum(share, 1)[..., None] + 0.5).clip(0, 255).astype(np.uint8)
    own, outline = Rgb(np.asarray(colour, np.uint8)), Alpha(np.asarray(share, np.uint8))
    return {slug: small_in(slug, own, outline) for slug in scenes}


def small_in(scene: str, foreground: Rgb, alpha: Alpha) -> Rgb:
    """The product in a scene, in the size that it has."""
    height, width = alpha.shape
    place = place_product(alpha, width=width, height=height, scene=scene)
    background = draw.draw_scene(slug=scene, width=width, height=height)
    return composite_product(background, foreground, alpha, place, cast_shadow(alpha, place))
