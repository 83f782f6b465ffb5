"""How different two colours look: CIELAB and the CIEDE2000 difference."""

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Octets, decode_srgb

Lab = NDArray[np.float64]  # (..., 3): lightness 0..100, then a and b, about -128..127

# sRGB's primaries in XYZ (IEC 61966-2-1), each row divided by D65's own white.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_TO_WHITE = _TO_XYZ / _TO_XYZ.sum(axis=1, keepdims=True)

_LIGHT = decode_srgb(np.arange(256) / 255)


def lab(colours: Octets) -> Lab:
    """CIELAB under D65, (…, 3) float64 with lightness 0–100, of (…, 3) uint8 sRGB."""
    xyz = _LIGHT[colours] @ _TO_WHITE.T
    low = xyz <= (6 / 29) ** 3
    f = np.where(low, xyz / (3 * (6 / 29) ** 2) + 4 / 29, np.cbrt(xyz))
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def difference(first: Lab, second: Lab) -> NDArray[np.float64]:
    """The CIEDE2000 difference of each pair of (…, 3) Lab colours: (…,) float64, 0–100 and a little
    more; about 1 can just be seen.

    By G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 color-difference formula (2005); the letters
    are theirs, and all three weights k are 1.
    """
    L1, a1, b1 = np.moveaxis(first, -1, 0)
    L2, a2, b2 = np.moveaxis(second, -1, 0)
    C_mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * _saturated(C_mean)
    C1, h1 = _polar(a1 * stretch, b1)
    C2, h2 = _polar(a2 * stretch, b2)

    dL, dC = L2 - L1, C2 - C1
    grey = C1 * C2 == 0
    dh = np.where(grey, 0, (h2 - h1 + 180) % 360 - 180)
    dH = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(dh) / 2)

    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    h = np.where(grey, h1 + h2, _mean_hue(h1, h2))
    T = (
        1
        - 0.17 * np.cos(np.radians(h - 30))
        + 0.24 * np.cos(np.radians(2 * h))
        + 0.32 * np.cos(np.radians(3 * h + 6))
        - 0.20 * np.cos(np.radians(4 * h - 63))
    )
    S_L = 1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2)
    S_C, S_H = 1 + 0.045 * C, 1 + 0.015 * C * T
    turn = 60 * np.exp(-(((h - 275) / 25) ** 2))
    R_T = -2 * _saturated(C) * np.sin(np.radians(turn))
    l, c, hue = dL / S_L, dC / S_C, dH / S_H  # noqa: E741  the paper's letters
    return np.asarray(np.sqrt(np.maximum(l * l + c * c + hue * hue + R_T * c * hue, 0)))


def _saturated(chroma: NDArray[np.float64]) -> NDArray[np.float64]:
    seventh = chroma**7
    return np.asarray(np.sqrt(seventh / (seventh + 25.0**7)))


def _polar(
    a: NDArray[np.float64], b: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360


def _mean_hue(h1: NDArray[np.float64], h2: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = (h1 + h2) / 2
    far = np.abs(h1 - h2) > 180
    return np.where(far, np.where(h1 + h2 < 360, mean + 180, mean - 180), mean)
