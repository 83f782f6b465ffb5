"""The shadow that a product throws on the floor and the wall of a scene."""

from collections.abc import Mapping
from typing import Any, Literal

import cv2
import numpy as np

from tools.pipeline.compositing import ground, shadows
from tools.pipeline.compositing.placement import Spot, spotted
from tools.pipeline.pixels import Alpha, Floats
from tools.pipeline.scenes.facts import Light

Shadow = Literal["soft", "hard", "floating"]

# Shadows are soft: half the picture's pixels, and never more than they need.
SMALL = 560
HOVER = 0.09


def cast_shadow(
    alpha: Alpha,
    placement: Mapping[str, Any],
    *,
    shadow: Shadow = "soft",
    direction: float | None = None,
    strength: float = 0.7,
) -> Floats:
    """h×w float32 0–1: the factor on the light that falls on the canvas, for a canvas of any size
    with the placement's shape; a single 1 where no floor is in view. `alpha` is the photo's, H×W
    uint8.

    `direction` turns the light (degrees on a compass seen from above, 0 behind the product, 90
    the right); without it the scene's own. `strength` is 0–1. The method is told in `shadows`.
    """
    width, height = placement["width"], placement["height"]
    spot = spotted(alpha, placement, width, height)
    if "bottom" in placement["cut"] or not spot.width or strength <= 0:
        return np.ones((1, 1), np.float32)
    scale = min(0.5, SMALL / max(width, height))
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    small = outline(alpha, spot, scale, size)
    place = dict(placement)
    if shadow == "floating":
        place["ground"] = min(place["ground"] + HOVER * spot.height / height, 0.99)
    light = Light(
        direction=placement["direction"] if direction is None else direction,
        elevation=placement["elevation"],
        softness={"hard": 0.04, "soft": max(placement["softness"], 0.3)}.get(shadow, 0.9),
        # What throws a hard shadow is a lamp that outshines the room.
        key=max(placement["key"], 0.75) if shadow == "hard" else placement["key"],
    )
    room = ground.layout(place, size, (spot.width * scale, spot.height * scale))
    lamp, sky = shadows.darkness(small, room, light)
    left = 1 - (light.key * lamp + (1 - light.key) * sky)
    if shadow != "floating" and placement["ground"] <= placement["y"] + 0.002:
        left = left * (1 - 0.78 * shadows.crease(small, room))
    return np.clip(1 - min(1.35 * strength, 1.0) * (1 - left), 0, 1).astype(np.float32)


def outline(alpha: Alpha, spot: Spot, scale: float, size: tuple[int, int]) -> Alpha:
    """The product's alpha (H×W uint8) in its place on a canvas made smaller, h×w uint8 of `size` =
    (width, height) pixels.
    """
    wide, high = max(round(spot.width * scale), 1), max(round(spot.height * scale), 1)
    # A warp does not average: by areas first.
    part = cv2.resize(alpha[spot.part], (wide, high), interpolation=cv2.INTER_AREA)
    matrix = np.array([[1, 0, spot.left * scale], [0, 1, spot.top * scale]], np.float64)
    return Alpha(np.asarray(cv2.warpAffine(part, matrix, size, flags=cv2.INTER_LINEAR), np.uint8))
