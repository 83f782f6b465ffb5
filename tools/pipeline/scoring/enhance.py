"""How near enhancing comes to the truth, on a folder that holds it.

The folder: `set5/hr`, `set5/lr_x2`, `set5/lr_x4` (names with x2, x4 appended) for upscaling, and
any of `set5/hr`, `mcmaster`, `product-clean` for denoising. What is missing gives no rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.pipeline.enhancing import cubic, denoise, upscale
from tools.pipeline.pixels import Rgb

SIGMAS = (15, 25, 50)
_NOISY = ("set5/hr", "mcmaster", "product-clean")
_WINDOW = cv2.getGaussianKernel(11, 1.5)
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


@dataclass(frozen=True, slots=True)
class Row:
    """A task on a set: the mean of each measure before (noisy, or cubic) and after."""

    task: str
    folder: str
    pictures: int
    psnr_before: float
    psnr_after: float
    ssim_before: float
    ssim_after: float

    @property
    def gain(self) -> float:
        return self.psnr_after - self.psnr_before


def score_folder(folder: Path) -> Iterator[Row]:
    """What each method gains on the pictures in the folder, in dB and in similarity (0–1)."""
    yield from _upscaling(folder, 2)
    yield from _upscaling(folder, 4)
    for name in _NOISY:
        for sigma in SIGMAS:
            yield from _denoising(folder, name, sigma)


def luma(rgb: Rgb) -> NDArray[np.float64]:
    """Y of ITU-R BT.601, H×W float64 in its studio range 16–235, of H×W×3 uint8 sRGB, as papers on
    upscaling measure it.
    """
    weights = np.array([65.481, 128.553, 24.966]) / 255
    return np.asarray(rgb[..., :3].astype(np.float64) @ weights + 16)


def psnr(first: NDArray[np.generic], second: NDArray[np.generic]) -> float:
    """In dB, between values 0–255 of one shape (…,); infinite when equal."""
    error = np.mean((first.astype(np.float64) - second.astype(np.float64)) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


def psnr_y(first: Rgb, second: Rgb, *, shave: int = 0) -> float:
    """PSNR in dB of the luma of two pictures, H×W×3 uint8 sRGB, without `shave` pixels along every
    edge.
    """
    return psnr(_shaven(luma(first), shave), _shaven(luma(second), shave))


def ssim(first: Rgb, second: Rgb, *, shave: int = 0) -> float:
    """Mean structural similarity of the luma of two pictures, H×W×3 uint8 sRGB, -1 to 1.

    Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 2004: Gaussian window of 11 pixels and sigma
    1.5, only where it fits whole, K1 = 0.01, K2 = 0.03. Pictures of at least 11 x 11 remain.
    """
    x, y = _shaven(luma(first), shave), _shaven(luma(second), shave)
    mx, my = _windowed(x), _windowed(y)
    xx, yy = _windowed(x * x) - mx * mx, _windowed(y * y) - my * my
    xy = _windowed(x * y) - mx * my
    likeness = (2 * mx * my + _C1) * (2 * xy + _C2)
    likeness /= (mx * mx + my * my + _C1) * (xx + yy + _C2)
    return float(likeness.mean())


def noisy(rgb: Rgb, sigma: float, *, seed: int = 0) -> Rgb:
    """H×W×3 uint8 sRGB with white Gaussian noise of `sigma` levels, rounded and clipped as a file
    would have it.
    """
    grain = np.random.default_rng(seed).normal(0, sigma, rgb.shape)
    return Rgb(np.clip(np.rint(rgb + grain), 0, 255).astype(np.uint8))


def _upscaling(folder: Path, factor: Literal[2, 4]) -> Iterator[Row]:
    scores = []
    for path in sorted((folder / "set5/hr").glob("*.png")):
        small = folder / f"set5/lr_x{factor}/{path.stem}x{factor}.png"
        if not small.exists():
            continue
        photo = _read(small)
        height, width = photo.shape[0] * factor, photo.shape[1] * factor
        truth = Rgb(_read(path)[:height, :width])
        before = cubic.upscale_bicubic(photo, factor)
        after = upscale.upscale_photo(photo, factor=factor)
        scores.append(_score(truth, before, after, factor))
    if scores:
        yield _row(f"upscale {factor}x", "set5", scores)


def _denoising(folder: Path, name: str, sigma: int) -> Iterator[Row]:
    scores = []
    for path in sorted((folder / name).glob("*.png")):
        truth = _read(path)
        before = noisy(truth, sigma)
        after = denoise.denoise_photo(before)
        scores.append(
            (psnr(truth, before), psnr(truth, after), ssim(truth, before), ssim(truth, after))
        )
    if scores:
        yield _row(f"denoise sigma {sigma}", name, scores)


def _score(truth: Rgb, before: Rgb, after: Rgb, shave: int) -> tuple[float, float, float, float]:
    return (
        psnr_y(truth, before, shave=shave),
        psnr_y(truth, after, shave=shave),
        ssim(truth, before, shave=shave),
        ssim(truth, after, shave=shave),
    )


def _row(task: str, folder: str, scores: list[tuple[float, float, float, float]]) -> Row:
    means = np.mean(scores, axis=0)
    return Row(task, folder, len(scores), *(float(mean) for mean in means))


def _read(path: Path) -> Rgb:
    with Image.open(path) as image:
        return Rgb(np.asarray(image.convert("RGB")))


def _shaven(plane: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    return plane[by : plane.shape[0] - by, by : plane.shape[1] - by]


def _windowed(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    blurred = cv2.sepFilter2D(plane, -1, _WINDOW, _WINDOW)
    return np.asarray(blurred[5:-5, 5:-5])
