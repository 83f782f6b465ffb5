"""The product at another size, its colours weighted by how much of it each pixel holds."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.pixels import Alpha, Rgb

WHOLE = 253


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
        colour, alpha = Rgb(self.colour[part]), Alpha(self.alpha[part])
        return Layer(colour, alpha, self.left + x0, self.top + y0)


def resized(colour: Rgb, alpha: Alpha, width: int, height: int) -> tuple[Rgb, Alpha]:
    """H×W×3 uint8 sRGB and its alpha, H×W uint8, at another size in pixels: area averages
    downwards, cubic convolution upwards, both premultiplied; the same arrays at scale 1.
    """
    if (height, width) == alpha.shape:
        return colour, alpha
    # The colours by how much of the product they are, in 16 bits; OpenCV's own arithmetic rounds,
    # and takes a tenth of the time.
    heavy = cv2.multiply(colour, cv2.merge([alpha] * 3), dtype=cv2.CV_16U)
    weight = np.multiply(alpha, 255, dtype=np.uint16)
    method = cv2.INTER_AREA if width < alpha.shape[1] else cv2.INTER_CUBIC
    heavy, weight = (
        cv2.resize(part, (width, height), interpolation=method) for part in (heavy, weight)
    )
    light = cv2.divide(heavy, cv2.merge([weight] * 3), scale=255, dtype=cv2.CV_8U)
    share = cv2.convertScaleAbs(weight, alpha=1 / 255)
    # Cubic weights ring by a level or two in flat alpha, which would open pinholes in the product.
    share[share >= WHOLE] = 255
    return Rgb(np.asarray(light, np.uint8)), Alpha(np.asarray(share, np.uint8))
