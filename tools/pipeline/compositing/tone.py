"""Making background and product belong together, at the background's cost only."""

import cv2
import numpy as np

from tools.pipeline.pixels import Alpha, Floats, Rgb

LINEAR = np.asarray(
    [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255],
    np.float32,
)


def gains(background: Rgb, product: Rgb, alpha: Alpha, strength: float) -> Floats:
    """(3,) factors on the background's linear light that bring it towards the product's cast.

    A quarter of the way at full strength, and never more than a fifth: a scene keeps its colour.
    """
    core = product[alpha == 255]
    if core.size == 0 or strength <= 0:
        return np.ones(3, np.float32)
    theirs = LINEAR[core[:: max(len(core) // 50_000, 1)]].mean(0) + 0.02
    step = max(background.shape[0] // 256, 1)
    ours = LINEAR[background[::step, ::step].reshape(-1, 3)].mean(0) + 0.02
    cast = (theirs / theirs.mean()) / (ours / ours.mean())
    bright = np.clip(theirs.mean() / ours.mean(), 0.6, 1.6) ** 0.25
    return np.asarray(np.clip(cast**0.25 * bright, 0.8, 1.2) ** strength, np.float32)


def encode(light: Floats) -> Floats:
    """Linear 0..1 to levels 0..255, not rounded."""
    light = np.clip(light, 0, 1)
    curve = 1.055 * np.power(light, np.float32(1 / 2.4)) - 0.055
    return np.asarray(np.where(light <= 0.0031308, light * 12.92, curve) * 255, np.float32)


def spill(background: Rgb, reach: int) -> Rgb:
    """The light that the background throws around a product's edge: itself, much blurred."""
    small = max(1, round(reach / 3))
    size = (max(background.shape[1] // small, 1), max(background.shape[0] // small, 1))
    reduced = cv2.resize(background, size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(reduced, (0, 0), 3)
    back = cv2.resize(soft, background.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(back, np.uint8)
