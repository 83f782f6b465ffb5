"""The arrays that the pipeline speaks in, which mypy tells apart, and the ways between them.

Row-major, rows first, RGB order. `Rgb(…)` and its like claim what an array is and change nothing:
they belong where pixels are made. What turns one kind into another is a function below.
"""

from typing import NewType, TypeAlias, TypeGuard, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NewType("Rgb", NDArray[np.uint8])  # H×W×3 uint8, sRGB-encoded 0–255
Rgba = NewType(
    "Rgba", NDArray[np.uint8]
)  # H×W×4 uint8, sRGB and straight (not premultiplied) alpha
Alpha = NewType("Alpha", NDArray[np.uint8])  # H×W uint8, 0 background to 255 product
Picture = TypeVar("Picture", bound="Rgb | Rgba")  # of the kind that was given
Matte = NewType("Matte", NDArray[np.float32])  # H×W float32, 0 background to 1 product

# What has no kind of its own: each function says shape, range and unit.
Floats: TypeAlias = NDArray[np.float32]
Octets: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]  # H×W, True inside

Real = TypeVar("Real", bound=np.floating)
Kind = TypeVar("Kind", bound=Octets)
Part: TypeAlias = slice | tuple[slice, slice]


def is_rgba(photo: Rgb | Rgba) -> TypeGuard[Rgba]:
    """Whether the picture, H×W×3 or H×W×4 uint8, has alpha."""
    return bool(photo.shape[2] == 4)


def is_rgb(photo: Rgb | Rgba) -> TypeGuard[Rgb]:
    """Whether the picture, H×W×3 or H×W×4 uint8, has no alpha."""
    return bool(photo.shape[2] == 3)


def drop_alpha(photo: Rgb | Rgba) -> Rgb:
    """The colours alone as H×W×3 uint8 sRGB, those under transparency as they stand: a view."""
    return photo if is_rgb(photo) else Rgb(photo[..., :3])


def take_alpha(photo: Rgba) -> Alpha:
    """The alpha alone as H×W uint8 0–255: a view."""
    return Alpha(photo[..., 3])


def crop(picture: Kind, part: Part) -> Kind:
    """Rows and columns of a picture or an alpha (H×W, H×W×3 or H×W×4 uint8), of its kind: a view."""
    return cast("Kind", picture[part])


def add_alpha(rgb: Rgb, alpha: Alpha) -> Rgba:
    """Both as one picture, H×W×4 uint8 sRGB, of H×W×3 and H×W."""
    return Rgba(np.dstack((rgb, alpha)))


def alpha_to_matte(alpha: Alpha) -> Matte:
    """H×W uint8 0–255 to H×W float32 0–1."""
    return Matte(alpha.astype(np.float32) / np.float32(255))


def matte_to_alpha(matte: Matte) -> Alpha:
    """H×W float32 0–1 to H×W uint8 0–255, rounded; what lies beyond is clipped."""
    return Alpha(np.clip(np.rint(matte * 255), 0, 255).astype(np.uint8))


def mask_to_alpha(mask: Mask) -> Alpha:
    """H×W bool to H×W uint8: 255 where True, else 0."""
    return Alpha(mask * np.uint8(255))


def decode_srgb(values: NDArray[Real]) -> NDArray[Real]:
    """sRGB-encoded 0–1, (…,) floats, to linear light 0–1, by IEC 61966-2-1."""
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encode_srgb(light: NDArray[Real]) -> NDArray[Real]:
    """The inverse of `decode_srgb`, (…,) floats 0–1; above 1 it goes on."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def to_grey(rgb: Rgb) -> Octets:
    """BT.601 luma of H×W×3 uint8 sRGB, as H×W uint8 0–255."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
