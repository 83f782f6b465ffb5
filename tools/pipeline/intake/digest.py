"""The name of a photo: what it shows, whatever file it came in."""

import hashlib

import numpy as np

from tools.pipeline.pixels import Alpha, Rgb, Rgba


def digest_pixels(pixels: Rgb | Rgba | Alpha) -> str:
    """SHA-256 of shape and pixels (H×W, H×W×3 or H×W×4 uint8), in hexadecimal: the same picture has
    the same one.
    """
    found = hashlib.sha256("x".join(map(str, pixels.shape)).encode())
    found.update(b"\n")
    found.update(np.ascontiguousarray(pixels).data)
    return found.hexdigest()
