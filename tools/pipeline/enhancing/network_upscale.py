"""What a network made of a photo, kept to what the photo shows."""

from collections.abc import Callable
from typing import Literal, Protocol

import cv2
import numpy as np

from tools.pipeline.enhancing import colours, text_areas, upscale
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Alpha, Floats, Octets, Rgb, Rgba, add_alpha


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
    """The photo (H×W×3 or H×W×4 uint8 sRGB) at `factor` times its sides, by a network that
    enlarges: as often as it takes, and averaged where that is too much. Raises what the network
    raises.
    """
    rgb, alpha = colours.split_alpha(photo)
    height, width = rgb.shape[0] * factor, rgb.shape[1] * factor
    large = rgb
    while large.shape[0] < height:
        large = network(large, progress)
    if large.shape[:2] != (height, width):
        fitted = cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA)
        large = Rgb(np.asarray(fitted, np.uint8))
    large = with_letters(large, rgb, factor)
    if alpha is None:
        return large
    grey = Rgb(np.repeat(alpha.reshape(*rgb.shape[:2], 1), 3, axis=2))
    return add_alpha(large, Alpha(upscale.upscale_photo(grey, factor=factor)[..., 0]))


def with_letters(large: Rgb, rgb: Rgb, factor: Literal[2, 4]) -> Rgb:
    """The classical enlargement where the photo has writing."""
    writing = text_areas.find_text_areas(rgb)
    if not writing.any():
        return large
    classical = upscale.upscale_photo(rgb, factor=factor)
    share = cv2.resize(writing, (large.shape[1], large.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = Rgb(np.empty_like(large))
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
    """The photo (H×W×3 or H×W×4 uint8 sRGB) with so much (0–1) of what a network makes of it at its
    own size; alpha is carried through.
    """
    rgb, alpha = colours.split_alpha(photo)
    made = network(rgb, progress)
    both = Rgb(mixed(rgb, made, np.full((1, 1, 1), share, np.float32)))
    return colours.merge_alpha(both, alpha)


def mixed(one: Octets, other: Octets, share: Floats) -> Octets:
    return colours.round_to_uint8(one * (1 - share) + other * share)
