"""Colour axes in which noise is easier to tell from the picture, and alpha kept aside."""

import numpy as np

from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

# Orthonormal rows, so that white noise of sigma s in RGB has sigma s on every axis: brightness,
# red against blue, green against both.
_AXES = np.array(
    [[3**-0.5, 3**-0.5, 3**-0.5], [2**-0.5, 0.0, -(2**-0.5)], [6**-0.5, -2 * 6**-0.5, 6**-0.5]],
    dtype=np.float32,
)
_BT601 = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def opponent(rgb: Rgb | Floats) -> Floats:
    """(H, W, 3) in 0..255 to planes (3, H, W): brightness (times sqrt 3) and two differences."""
    flat = rgb.reshape(-1, 3).astype(np.float32)
    return (_AXES @ flat.T).reshape(3, *rgb.shape[:2])


def from_opponent(planes: Floats) -> Floats:
    """The inverse of `opponent`, not clipped: (3, H, W) to float (H, W, 3)."""
    flat = planes.reshape(3, -1)
    return np.ascontiguousarray((_AXES.T @ flat).T).reshape(*planes.shape[1:], 3)


def brightness(rgb: Rgb | Floats) -> Floats:
    """BT.601 luma of sRGB-encoded values, (H, W) in 0..255."""
    luma: Floats = rgb[..., :3].astype(np.float32) @ _BT601
    return luma


def split_alpha(photo: Rgb | Rgba) -> tuple[Rgb, Alpha | None]:
    """Colour and alpha, if it came with one."""
    if photo.shape[2] == 4:
        return np.ascontiguousarray(photo[..., :3]), np.ascontiguousarray(photo[..., 3])
    return photo, None


def merge_alpha(rgb: Rgb, alpha: Alpha | None) -> Rgb | Rgba:
    """The inverse of `split_alpha`."""
    return rgb if alpha is None else np.dstack((rgb, alpha))


def round_to_uint8(values: Floats) -> Rgb:
    """Rounded and clipped to 0..255."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
