"""A picture as the coefficients of a JPEG: colours, 8 × 8 blocks, and their quantisation."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats, Rgb

SIDE, AREA = 8, 64
# ITU-T T.81, Annex K.1 and K.2: steps for brightness and for colours at quality 50.
LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
CHROMA = (
    *(17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99),
    *(24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99),
    *(99,) * 32,
)
# From RGB to brightness and two colours about 0, as JFIF has it (ITU-R BT.601).
TO_YCC = np.array(
    ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312)), np.float32
)


def make_basis() -> Floats:
    at = np.arange(SIDE)
    basis = np.cos((2 * at[None, :] + 1) * at[:, None] * np.pi / 16) * np.sqrt(2 / SIDE)
    basis[0] /= np.sqrt(2)
    return np.asarray(basis, np.float32)


BASIS = make_basis()
# Of a block as one row, both ways at once: one large product is quicker than many small ones.
WHOLE = np.asarray(np.kron(BASIS, BASIS), np.float32)


def make_steps(table: tuple[int, ...], quality: int) -> Floats:
    """The steps, (64,) of 1 to 255, of a quality of 1 to 100, as libjpeg scales a table."""
    percent = 5000 / quality if quality < 50 else 200 - 2 * quality
    steps = np.floor((np.array(table, np.float64) * percent + 50) / 100)
    return np.asarray(np.clip(steps, 1, 255), np.float32)


def cut_blocks(pixels: Rgb) -> Floats:
    """(N, 3, 64): the blocks of a picture (H×W×3 uint8 sRGB) by rows, each as brightness about 0
    (-128 to 127) and two colours; what is short of a block goes on as its edge.
    """
    ycc = np.asarray(cv2.transform(pixels.astype(np.float32), TO_YCC), np.float32)
    ycc[..., 0] -= 128
    return as_blocks(ycc)


def as_blocks(planes: NDArray[np.float32]) -> Floats:
    """(N, C, 64) of planes (H×W×C), of any range."""
    height, width = planes.shape[:2]
    whole = np.pad(planes, ((0, -height % SIDE), (0, -width % SIDE), (0, 0)), mode="edge")
    rows, columns = whole.shape[0] // SIDE, whole.shape[1] // SIDE
    cut = whole.reshape(rows, SIDE, columns, SIDE, -1).transpose(0, 2, 4, 1, 3)
    return np.ascontiguousarray(cut.reshape(rows * columns, -1, AREA), np.float32)


def transform(blocks: Floats) -> Floats:
    """The coefficients (…, 64) of blocks (…, 64), of any range."""
    return np.asarray(blocks @ WHOLE.T, np.float32)


def restore(coefficients: Floats) -> Floats:
    """The blocks (…, 64) of coefficients (…, 64), of any range."""
    return np.asarray(coefficients @ WHOLE, np.float32)
