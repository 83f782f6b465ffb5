"""Colours as the set's lights need them: linear, 0..1."""

import numpy as np

from tools.pipeline.pixels import Floats, decode_srgb, encode_srgb


def linearize_hex(colour: str) -> Floats:
    """(3,) float32 linear light 0–1 of an sRGB "#rrggbb"."""
    levels = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8) / 255.0
    return np.asarray(decode_srgb(levels), np.float32)


def encoded(light: Floats) -> Floats:
    """sRGB's curve: linear light 0–1, (…,) float32, to encoded 0–1; what lies beyond is clipped."""
    return np.asarray(encode_srgb(np.clip(light, 0, 1)), np.float32)


def mix_colours(first: Floats, second: Floats, share: Floats | float) -> Floats:
    """`share` ((…,) 0–1, without the channel axis) of the second colour, (…, 3), over the first."""
    amount = np.asarray(share, np.float32)[..., None]
    return np.asarray(first + (second - first) * amount, np.float32)
