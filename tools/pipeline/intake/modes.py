"""From every mode that a decoder gives to eight bits: L, RGB, CMYK or LAB, and a mask beside it."""

import numpy as np
from PIL import Image

from tools.pipeline.pixels import Alpha

PLAIN = frozenset({"L", "RGB", "RGBA", "CMYK", "LAB"})
DEEP = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
BAND = 256


def eight_bit(picture: Image.Image) -> tuple[Image.Image, Alpha | None]:
    """The picture as L, RGB, RGBA, CMYK or LAB, and the transparency, H×W uint8, of a grey one (an
    RGBA keeps its own). None of it is in sRGB yet.
    """
    mode, key = picture.mode, picture.info.get("transparency")
    if mode in DEEP:
        return _deep(picture, key)
    if mode in {"LA", "La"}:
        both = picture if mode == "LA" else picture.convert("LA")
        return both.getchannel("L"), Alpha(np.asarray(both.getchannel("A")))
    if mode in {"PA", "RGBa"} or (mode in {"1", "L", "P", "RGB"} and key is not None):
        return picture.convert("RGBA"), None
    if mode not in PLAIN:
        picture = picture.convert("L" if mode == "1" else "RGB")
    return picture, None


def _deep(picture: Image.Image, key: object) -> tuple[Image.Image, Alpha | None]:
    """Whole numbers span 0..65535. Other numbers span 0..1, or 0..255, or 0..65535, whichever is
    the least that holds them all; what is no number is black.
    """
    wide, high = picture.size
    top = 65535.0 if picture.mode.startswith("I") else _top(picture)
    grey = np.empty((high, wide), np.uint8)
    mask = np.full_like(grey, 255) if isinstance(key, int) else None
    for start in range(0, high, BAND):
        rows = _band(picture, start)
        if mask is not None:
            mask[start : start + BAND][rows == key] = 0
        scaled = np.nan_to_num(rows, nan=0.0, posinf=top, neginf=0.0) * (255.0 / top)
        grey[start : start + BAND] = np.clip(np.rint(scaled), 0, 255)
    return Image.fromarray(grey), None if mask is None else Alpha(mask)


def _band(picture: Image.Image, start: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    wide, high = picture.size
    part = picture.crop((0, start, wide, min(start + BAND, high)))
    return np.asarray(part).astype(np.float32)


def _top(picture: Image.Image) -> float:
    highest = 0.0
    for start in range(0, picture.size[1], BAND):
        rows = _band(picture, start)
        finite = rows[np.isfinite(rows)]
        highest = max(highest, float(finite.max(initial=0.0)))
    return next((top for top in (1.0, 255.0, 65535.0) if highest <= top), highest)
