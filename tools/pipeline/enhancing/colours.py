"""Colour axes in which noise is easier to tell from the picture, and alpha kept aside."""

import numpy as np

from tools.pipeline import hidden
from tools.pipeline.pixels import (
    Alpha,
    Floats,
    Octets,
    Rgb,
    Rgba,
    add_alpha,
    drop_alpha,
    is_rgba,
    take_alpha,
)

# Orthonormal rows, so that white noise of sigma s in RGB has sigma s on every axis: brightness,
# red against blue, green against both.
_AXES = np.array(
    [[3**-0.5, 3**-0.5, 3**-0.5], [2**-0.5, 0.0, -(2**-0.5)], [6**-0.5, -2 * 6**-0.5, 6**-0.5]],
    dtype=np.float32,
)
_BT601 = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def opponent(rgb: Rgb | Floats) -> Floats:
    """H×W×3 in 0–255 (uint8 or float32 sRGB) to planes (3, H, W) float32: brightness (times sqrt 3)
    and two differences.
    """
    flat = rgb.reshape(-1, 3).astype(np.float32)
    return (_AXES @ flat.T).reshape(3, *rgb.shape[:2])


def from_opponent(planes: Floats) -> Floats:
    """The inverse of `opponent`: (3, H, W) to H×W×3 float32, 0–255 and beyond: not clipped."""
    flat = planes.reshape(3, -1)
    return np.ascontiguousarray((_AXES.T @ flat).T).reshape(*planes.shape[1:], 3)


def brightness(rgb: Rgb | Floats) -> Floats:
    """BT.601 luma, H×W float32, of H×W×3 sRGB, both in 0–255 (or in 0–1)."""
    luma: Floats = rgb[..., :3].astype(np.float32) @ _BT601
    return luma


def split_alpha(photo: Rgb | Rgba) -> tuple[Rgb, Alpha | None]:
    """Colour (H×W×3 uint8 sRGB) and, if it came with one, alpha (H×W uint8) of a photo, for writing
    on. Where nothing is seen the colour is that of what is seen beside it.
    """
    if is_rgba(photo):
        rgb = Rgb(np.ascontiguousarray(drop_alpha(hidden.fill_hidden(photo))))
        return rgb, Alpha(np.ascontiguousarray(take_alpha(photo)))
    return drop_alpha(photo), None


def merge_alpha(rgb: Rgb, alpha: Alpha | None) -> Rgb | Rgba:
    """The inverse of `split_alpha`: H×W×3 uint8 sRGB, or H×W×4 where there is an alpha (H×W uint8)."""
    return rgb if alpha is None else add_alpha(rgb, alpha)


def round_to_uint8(values: Floats) -> Octets:
    """(…,) float32 rounded and clipped to uint8 0–255."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
