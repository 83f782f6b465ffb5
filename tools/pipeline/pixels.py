"""The arrays that the pipeline speaks in."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# All sRGB-encoded, 0..255, row-major, RGB order; the names say the last axis.
Rgb: TypeAlias = NDArray[np.uint8]  # (H, W, 3)
Rgba: TypeAlias = NDArray[np.uint8]  # (H, W, 4), straight alpha, not premultiplied
Alpha: TypeAlias = NDArray[np.uint8]  # (H, W), 0 = background, 255 = product
Floats: TypeAlias = NDArray[np.float32]  # any shape; each function says its range
