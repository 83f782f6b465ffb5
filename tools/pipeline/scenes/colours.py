"""Colours as the set's lights need them: linear, 0..1."""

import numpy as np

from tools.pipeline.pixels import Floats


def linearize_hex(colour: str) -> Floats:
    """(3,) linear light of an sRGB "#rrggbb"."""
    encoded = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8) / 255.0
    return np.asarray(
        np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4),
        np.float32,
    )


def encoded(light: Floats) -> Floats:
    """sRGB's curve, 0..1 to 0..1."""
    light = np.clip(light, 0, 1)
    return np.asarray(
        np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055),
        np.float32,
    )


def mix_colours(first: Floats, second: Floats, share: Floats | float) -> Floats:
    """`share` (…, no channel axis) of the second colour over the first."""
    amount = np.asarray(share, np.float32)[..., None]
    return np.asarray(first + (second - first) * amount, np.float32)


def luminance(light: Floats) -> Floats:
    return np.asarray(light @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)
