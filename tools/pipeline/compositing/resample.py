"""The product at another size, its colours weighted by how much of it each pixel holds."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.pixels import Alpha, Rgb


@dataclass(frozen=True)
class Layer:
    """A product on a canvas: where its top left pixel lies (it may lie outside)."""

    colour: Rgb
    alpha: Alpha
    left: int
    top: int

    def clipped(self, width: int, height: int) -> "Layer":
        """What of it lies on the canvas; may be empty."""
        x0, y0 = max(-self.left, 0), max(-self.top, 0)
        x1 = max(min(self.alpha.shape[1], width - self.left), x0)
        y1 = max(min(self.alpha.shape[0], height - self.top), y0)
        part = (slice(y0, y1), slice(x0, x1))
        return Layer(self.colour[part], self.alpha[part], self.left + x0, self.top + y0)


def resized(colour: Rgb, alpha: Alpha, width: int, height: int) -> tuple[Rgb, Alpha]:
    """Area averages downwards, Lanczos upwards, both premultiplied; the same arrays at scale 1."""
    if (height, width) == alpha.shape:
        return colour, alpha
    heavy = np.empty((*alpha.shape, 4), np.uint16)
    np.multiply(colour, alpha[..., None], out=heavy[..., :3], dtype=np.uint16)
    np.multiply(alpha, 255, out=heavy[..., 3], dtype=np.uint16)
    smaller = width < alpha.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LANCZOS4
    heavy = np.asarray(cv2.resize(heavy, (width, height), interpolation=method), np.uint16)
    weight = np.maximum(heavy[..., 3:].astype(np.float32) / 255, 1 / 255)
    light = np.clip(heavy[..., :3] / weight + 0.5, 0, 255).astype(np.uint8)
    # Lanczos rings by a level or two in flat alpha, which would open pinholes in the product.
    share = (heavy[..., 3].astype(np.float32) / 255 + 0.5).clip(0, 255).astype(np.uint8)
    return light, np.asarray(np.where(share >= 253, 255, share), np.uint8)
