"""The product in a polished floor: upside down from where it touches, fading and blurring."""

import cv2
import numpy as np

from tools.pipeline.compositing.resample import Layer
from tools.pipeline.pixels import Floats, Octets

LARGEST = 1400
REACH = 0.45


def contact(alpha: Octets) -> Floats:
    """(W,) the row each column mirrors at: its own foot where it stands, else the lowest."""
    solid = alpha >= 128
    high = alpha.shape[0]
    foot = high - 1 - np.argmax(solid[::-1], 0)
    rows = np.flatnonzero(solid.any(1))
    lowest = float(rows[-1]) if rows.size else high - 1.0
    stands = solid.any(0) & (foot > lowest - 0.07 * (lowest - (rows[0] if rows.size else 0)))
    line = np.where(stands, foot, lowest).astype(np.float32)[None, :]
    return np.asarray(cv2.GaussianBlur(line, (0, 0), max(alpha.shape[1] / 120, 0.5))[0], np.float32)


def reflected(layer: Layer) -> tuple[Floats, Floats, int] | None:
    """(colour h×w×3 float32 0–255, share h×w float32 0–1, first row on the canvas), at the layer's
    width.

    None where the product is too small to have one.
    """
    high, wide = layer.alpha.shape
    if high < 8 or wide < 8:
        return None
    scale = min(1.0, LARGEST / max(high, wide))
    size = (max(round(wide * scale), 2), max(round(high * scale), 2))
    alpha = np.asarray(cv2.resize(layer.alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    colour = np.asarray(cv2.resize(layer.colour, size, interpolation=cv2.INTER_AREA), np.uint8)
    line = contact(alpha)
    top, tall = int(line.min()), max(round(size[1] * REACH), 4)
    rows = np.arange(top, top + tall, dtype=np.float32)[:, None]
    depth = np.maximum(rows - line[None, :], 0)
    x = np.broadcast_to(np.arange(size[0], dtype=np.float32)[None, :], depth.shape)
    at = np.asarray(line[None, :] - depth, np.float32)
    heavy = colour.astype(np.float32) * (alpha[..., None] / np.float32(255))
    both = np.dstack([heavy, alpha / np.float32(255)]).astype(np.float32)
    image = cv2.remap(both, np.ascontiguousarray(x), at, cv2.INTER_LINEAR, borderValue=0)
    image = image * (rows > line[None, :])[..., None]
    far = np.clip(depth / (size[1] * REACH), 0, 1)[..., None]
    soft = cv2.GaussianBlur(image, (0, 0), max(size[1] / 60, 0.8))
    image = (image * (1 - far) + soft * far) * (1 - far) ** 2
    image = cv2.resize(image, (wide, max(round(tall / scale), 1)), interpolation=cv2.INTER_LINEAR)
    share = np.asarray(image[..., 3], np.float32)
    plain = image[..., :3] / np.maximum(share, 1e-4)[..., None]
    return np.asarray(plain, np.float32), share, layer.top + round(top / scale)
