"""The name of a photo: what it shows, whatever file it came in."""

import hashlib

import numpy as np

from tools.pipeline.pixels import Alpha, Rgb, Rgba


def digest_pixels(pixels: Rgb | Rgba | Alpha) -> str:
    """SHA-256 of shape and pixels, in hexadecimal: the same picture has the same one."""
    found = hashlib.sha256("x".join(map(str, pixels.shape)).encode())
    found.update(b"\n")
    found.update(np.ascontiguousarray(pixels).data)
    return found.hexdigest()
