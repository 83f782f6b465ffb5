"""What a network made of a photo, kept to what the photo shows."""

from collections.abc import Callable
from typing import Literal, Protocol

import cv2
import numpy as np

from tools.pipeline.enhancing import colours, text_areas, upscale
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Rgb, Rgba


class Network(Protocol):
    """A picture through a network, at the network's own scale."""

    def __call__(self, rgb: Rgb, progress: Callable[[float], None] | None = None) -> Rgb: ...


def upscale_with_network(
    network: Network,
    photo: Rgb | Rgba,
    *,
    factor: Literal[2, 4],
    progress: Progress | None = None,
) -> Rgb | Rgba:
    """`factor` times the sides, by a network that enlarges: as often as it takes, and averaged
    where that is too much.
    """
    rgb, alpha = colours.split_alpha(photo)
    height, width = rgb.shape[0] * factor, rgb.shape[1] * factor
    large = rgb
    while large.shape[0] < height:
        large = network(large, progress)
    if large.shape[:2] != (height, width):
        large = np.asarray(cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA))
    large = with_letters(large, rgb, factor)
    if alpha is None:
        return large
    grey = np.repeat(alpha.reshape(*rgb.shape[:2], 1), 3, axis=2)
    outline = upscale.upscale_photo(grey, factor=factor)[..., :1]
    return np.concatenate([large, outline], axis=2)


def with_letters(large: Rgb, rgb: Rgb, factor: Literal[2, 4]) -> Rgb:
    """The classical enlargement where the photo has writing."""
    writing = text_areas.find_text_areas(rgb)
    if not writing.any():
        return large
    classical = upscale.upscale_photo(rgb, factor=factor)
    share = cv2.resize(writing, (large.shape[1], large.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = np.empty_like(large)
    # In bands: three float copies of a large result would not fit beside it.
    for top in range(0, len(large), 512):
        rows = slice(top, top + 512)
        out[rows] = mixed(
            large[rows], classical[rows], np.asarray(share[rows], np.float32)[..., None]
        )
    return out


def blend_with_network(
    network: Network, photo: Rgb | Rgba, share: float, progress: Progress | None
) -> Rgb | Rgba:
    """So much (0..1) of what a network makes of the photo at its own size."""
    rgb, alpha = colours.split_alpha(photo)
    made = network(rgb, progress)
    return colours.merge_alpha(mixed(rgb, made, np.full((1, 1, 1), share, np.float32)), alpha)


def mixed(one: Rgb, other: Rgb, share: Floats) -> Rgb:
    return colours.round_to_uint8(one * (1 - share) + other * share)
