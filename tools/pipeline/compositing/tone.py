"""Making background and product belong together, at the background's cost only."""

from functools import lru_cache

import cv2
import numpy as np

from tools.pipeline.pixels import Alpha, Floats, Octets, Rgb, decode_srgb, encode_srgb

# Of a factor on light, from none of it to all of it. One is half a level at the most.
STEPS = 2048
LINEAR = np.asarray(decode_srgb(np.arange(256) / 255), np.float32)


def gains(background: Rgb, product: Rgb, alpha: Alpha, strength: float) -> Floats:
    """(3,) float32 factors, 0.8–1.2, on the background's linear light that bring it towards the
    product's cast; pictures are H×W×3 uint8 sRGB, alpha is H×W uint8, `strength` 0–1.

    A quarter of the way at full strength, and never more than a fifth: a scene keeps its colour.
    """
    core = product[alpha == 255] if strength > 0 else product[:0]
    if core.size == 0:
        return np.ones(3, np.float32)
    theirs = LINEAR[core[:: max(len(core) // 50_000, 1)]].mean(0) + 0.02
    step = max(background.shape[0] // 256, 1)
    ours = LINEAR[background[::step, ::step].reshape(-1, 3)].mean(0) + 0.02
    cast = (theirs / theirs.mean()) / (ours / ours.mean())
    bright = np.clip(theirs.mean() / ours.mean(), 0.6, 1.6) ** 0.25
    return np.asarray(np.clip(cast**0.25 * bright, 0.8, 1.2) ** strength, np.float32)


def under(background: Rgb, factor: Floats, gain: Floats) -> Rgb:
    """The background (H×W×3 uint8 sRGB) with its linear light times `factor` (H×W, 0–1) and `gain`
    (3,).

    The factor is taken in steps that are finer than what an eye or 8 bits can tell, so that each
    level under each factor is computed once and not for every pixel.
    """
    row = (factor * np.float32(STEPS) + np.float32(0.5)).astype(np.int32)
    row <<= 8
    if np.all(gain == gain[0]):
        return Rgb(np.take(levels(float(gain[0])), row[..., None] | background))
    tables = [levels(float(share)) for share in gain]
    parts = [np.take(tables[c], row | background[..., c]) for c in range(3)]
    return Rgb(np.stack(parts, -1))


@lru_cache(8)
def levels(gain: float) -> Octets:
    """The level that each level becomes under each step of the factor, one after the other."""
    factor = np.linspace(0, 1, STEPS + 1, dtype=np.float32)[:, None]
    found = (encode(LINEAR * factor * np.float32(gain)) + 0.5).astype(np.uint8)
    if gain == 1:
        found[-1] = np.arange(256)
    return found.ravel()


def encode(light: Floats) -> Floats:
    """Linear light 0–1, (…,) float32, to sRGB levels 0–255, not rounded."""
    return np.asarray(encode_srgb(np.clip(light, 0, 1)) * 255, np.float32)


def spill(background: Rgb, reach: int) -> Rgb:
    """The light that the background throws around a product's edge: itself, much blurred, H×W×3
    uint8 sRGB; `reach` is in pixels.
    """
    small = max(1, round(reach / 3))
    size = (max(background.shape[1] // small, 1), max(background.shape[0] // small, 1))
    reduced = cv2.resize(background, size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(reduced, (0, 0), 3)
    back = cv2.resize(soft, background.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return Rgb(np.asarray(back, np.uint8))
