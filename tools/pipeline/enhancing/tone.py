"""How a photo is lit: too dark or too bright, flat, or with a colour cast."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import colours
from tools.pipeline.pixels import Floats, Rgb

SMALL = 320  # long side of the picture that all of this is decided on
KEY = 0.42  # where the middle of a well exposed photo lies, sRGB-encoded 0..1
_GREY = 0.2  # chroma against brightness up to which a pixel may be a grey one
_FEWEST = 0.08  # of the pixels must be grey before they are believed
_LARGEST_GAIN = 1.25


@dataclass(frozen=True, slots=True)
class Tone:
    """`exposure` in stops: below 0 too dark, 0 well. `contrast` 0..1: from the 1st to the 99th
    percentile of luma. `black`, `white` 0..1: those percentiles. `cast`: what grey things show in
    red, green and blue, their mean 1.
    """

    exposure: float
    contrast: float
    black: float
    white: float
    cast: tuple[float, float, float]


def small(rgb: Rgb) -> Rgb:
    """Area-averaged to SMALL on its long side, so that every size of a photo is judged alike."""
    height, width = rgb.shape[:2]
    scale = min(1.0, SMALL / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # by a cheap stride first: averaging 50 MP takes longer than everything else together
    stride = max(1, int(max(height, width) / (4 * SMALL)))
    sampled = np.ascontiguousarray(rgb[::stride, ::stride])
    return cv2.resize(sampled, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def of(rgb: Rgb) -> Tone:
    reduced = small(rgb)
    luma = colours.brightness(reduced) / np.float32(255)
    black, white = (float(value) for value in np.quantile(luma, (0.01, 0.99)))
    return Tone(_exposure(luma), white - black, black, white, _cast(reduced))


def linear(encoded: NDArray[np.floating]) -> NDArray[np.floating]:
    """sRGB-encoded 0..1 to linear light 0..1."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def encoded(light: NDArray[np.floating]) -> NDArray[np.floating]:
    """The inverse of `linear`; above 1 it goes on."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _exposure(luma: Floats) -> float:
    """In stops. White and black backgrounds do not count: they are meant to be so."""
    counted = luma[(luma > 0.02) & (luma < 0.95)]
    if counted.size < 0.05 * luma.size:
        return 0.0
    # a dark product on white is well exposed: something in the photo reaches white
    bright = float(np.quantile(luma, 0.95))
    key = 0.5 * float(np.median(counted)) + 0.5 * float(np.mean(counted))
    stops = float(np.log2(linear(np.array(max(key, 0.01))) / linear(np.array(KEY))))
    room = float(np.log2(1 / max(float(linear(np.array(bright))), 1e-3)))
    return float(np.clip(stops, -max(room, 0.25 * max(-stops, 0)), 3))


def _cast(rgb: Rgb) -> tuple[float, float, float]:
    """Huo, Chang, Wang and Wei, "Robust automatic white balance algorithm using gray color points
    in images" (IEEE TCE 2006): only nearly grey pixels vote, again after each correction, so that
    a product that fills the picture with its own colour is not taken for the light.
    """
    light = linear(rgb.reshape(-1, 3) / 255.0)
    level = light.mean(axis=1)
    usable = light[(level > 0.02) & (rgb.reshape(-1, 3).max(axis=1) < 253)]
    gains = np.ones(3)
    for _ in range(3):
        balanced = usable * gains
        mean = balanced.mean(axis=1, keepdims=True)
        grey = (np.abs(balanced - mean) < _GREY * mean).all(axis=1)
        if np.count_nonzero(grey) < _FEWEST * level.size:
            return (1.0, 1.0, 1.0)
        seen = balanced[grey].mean(axis=0)
        gains *= seen.mean() / seen
        gains = np.clip(gains / gains.mean(), 1 / _LARGEST_GAIN, _LARGEST_GAIN)
    cast = 1 / gains
    red, green, blue = (float(part) for part in cast / cast.mean())
    return red, green, blue
