"""How a photo is lit: too dark or too bright, flat, or with a colour cast."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import colours
from tools.pipeline.pixels import Floats, Rgb, decode_srgb

SMALL = 320  # long side of the picture that all of this is decided on
KEY = 0.42  # where the middle of a well exposed photo lies, sRGB-encoded 0..1
_GREY = 0.2  # chroma against brightness up to which a pixel may be a grey one
_FEWEST = 0.08  # of the pixels must be grey before they are believed
_LARGEST_GAIN = 1.25
_BURNS = 0.92
_CELL = 0.01  # of a channel's share: colours as near as this are one
_TINT = 0.35  # of a green or pink cast is believed


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
    """H×W×3 uint8 sRGB, area-averaged to SMALL on its long side, so that every size of a photo is
    judged alike.
    """
    height, width = rgb.shape[:2]
    scale = min(1.0, SMALL / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # by a cheap stride first: averaging 50 MP takes longer than everything else together
    stride = max(1, int(max(height, width) / (4 * SMALL)))
    sampled = np.ascontiguousarray(rgb[::stride, ::stride])
    return Rgb(cv2.resize(sampled, size, interpolation=cv2.INTER_AREA).astype(np.uint8))


def of(rgb: Rgb) -> Tone:
    """How H×W×3 uint8 sRGB is lit: see `Tone`."""
    reduced = small(rgb)
    luma = colours.brightness(reduced) / np.float32(255)
    black, white = (float(value) for value in np.quantile(luma, (0.01, 0.99)))
    return Tone(_exposure(luma), white - black, black, white, _cast(reduced))


def _exposure(luma: Floats) -> float:
    """In stops. White and black backgrounds do not count: they are meant to be so."""
    counted = luma[(luma > 0.02) & (luma < 0.95)]
    if counted.size < 0.05 * luma.size:
        return 0.0
    # a dark product on white is well exposed: something in the photo reaches white
    bright = float(np.quantile(luma, 0.95))
    key = 0.5 * float(np.median(counted)) + 0.5 * float(np.mean(counted))
    stops = float(np.log2(decode_srgb(np.array(max(key, 0.01))) / decode_srgb(np.array(KEY))))
    if stops > 0:
        # pale paper is bright and well lit: too bright is what runs into white
        stops *= float(np.clip((bright - _BURNS) / (1 - _BURNS), 0, 1))
    room = float(np.log2(1 / max(float(decode_srgb(np.array(bright))), 1e-3)))
    return float(np.clip(stops, -max(room, 0.25 * max(-stops, 0)), 3))


def _cast(rgb: Rgb) -> tuple[float, float, float]:
    """Huo, Chang, Wang and Wei, "Robust automatic white balance algorithm using gray color points
    in images" (IEEE TCE 2006): only nearly grey pixels vote, again after each correction, so that
    a product that fills the picture with its own colour is not taken for the light.

    Pixels of one colour vote together, by the root of their number: a sheet of coloured paper
    behind the product does not outvote everything that stands on it.
    """
    light = decode_srgb(rgb.reshape(-1, 3) / 255.0)
    level = light.mean(axis=1)
    usable = light[(level > 0.02) & (rgb.reshape(-1, 3).max(axis=1) < 253)]
    colour, votes = _voters(usable)
    gains = np.ones(3)
    for _ in range(3):
        balanced = colour * gains
        mean = balanced.mean(axis=1, keepdims=True)
        grey = (np.abs(balanced - mean) < _GREY * mean).all(axis=1)
        if votes[grey].sum() < _FEWEST * level.size:
            return (1.0, 1.0, 1.0)
        seen = np.average(balanced[grey], axis=0, weights=np.sqrt(votes[grey]))
        gains *= seen.mean() / seen
        gains = np.clip(gains / gains.mean(), 1 / _LARGEST_GAIN, _LARGEST_GAIN)
    return _lit_by(1 / gains)


def _voters(light: Floats) -> tuple[Floats, NDArray[np.int_]]:
    """The mean colours (N, 3) of pixels (P, 3) that differ only in brightness, and their numbers."""
    share = light / light.sum(axis=1, keepdims=True)
    cells = np.rint(share[:, [0, 2]] / _CELL).astype(np.int64) @ (1000, 1)
    _, which, votes = np.unique(cells, return_inverse=True, return_counts=True)
    sums = [np.bincount(which, weights=light[:, channel]) for channel in range(3)]
    return np.asarray(np.stack(sums, 1) / votes[:, None], np.float32), votes


def _lit_by(cast: NDArray[np.floating]) -> tuple[float, float, float]:
    """The cast as far as a light would have it. From candle to shade, lights differ from red to
    blue; what is green or pink is more often the colour of a thing.
    """
    red, green, blue = np.log(cast)
    warm, tint = (red - blue) / 2, _TINT * (2 * green - red - blue) / 3
    found = np.exp([warm - tint / 2, tint, -warm - tint / 2])
    red, green, blue = (float(part) for part in found / found.mean())
    return red, green, blue
