"""What an enhancement did to what is in the picture, whatever it did to light and colour.

An enhanced photo differs from its original in every pixel, and must: noise is gone, light has
changed. What may not change is what there is to see: shapes stay where they are, none come or go,
and lettering says the same. Each is measured so that a change of tone alone makes no difference.
"""

from math import hypot
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline import ciede, text_lines
from tools.pipeline.pixels import Floats, Mask, Rgb, Rgba, drop_alpha, to_grey

PIXELS = 1_000_000  # both are compared at this size, the larger averaged down to the smaller
WINDOW = 2.5  # sigma, of pixels: as large as the details that must agree
GRAIN = 1.0  # sigma: noise that was taken out is no change of structure
DETAIL = 12.0  # levels of standard deviation in a window: below it there is grain or nothing
FLAT = 30.0  # levels squared: keeps the correlation of faint details from being a matter of luck
STRONG, WEAK = 110, 25  # gradients of an edge that must be there, and of one that may answer it
QUANTILE = 0.95
SAMPLES = 100_000

# Most of what enhancing does to structure is to sharpen it; 0.9 is reached by mild blur or noise.
LEAST_STRUCTURE = 0.80
LEAST_TEXT = 0.75
MOST_SHIFT = 0.003  # of the long side
# Two honest outlines of one edge may lie on neighbouring pixels, however small the picture is.
FINEST_SHIFT = 1.5  # pixels of what is compared


def compare_structure(photo: Rgb | Rgba, result: Rgb | Rgba) -> dict[str, Any]:
    """Numbers and a "map" (H×W uint8), both whole pictures (H×W×3 or ×4 uint8 sRGB) on each other;
    sizes may differ.

    ssim: correlation of luma, after local mean and contrast are taken out, where there are
    details, -1 to 1. edge_shift: the distance within which 95 % of each one's strong edges find an
    edge of the other, in parts of the long side. long_side: of what was compared, in pixels.
    lines: how many lines of lettering were found. text: the least correlation of one of them with
    itself, 1 without any. core, identical, mean, high, scale: as `fidelity.compare_product`. The map is 255
    where a detail has nothing to answer it.
    """
    size = _size(photo)
    first, second = (_at(picture, size) for picture in (photo, result))
    before, after = (to_grey(picture) for picture in (first, second))
    alike, detail = _alike(np.asarray(before, np.float32), np.asarray(after, np.float32))
    boxes = text_lines.lines(text_lines.marks(before))
    texts = [_correlation(before[_part(box)], after[_part(box)]) for box in boxes]
    delta = _delta(first, second)
    return {
        "core": size[0] * size[1],
        "visible": 1.0,
        "identical": float((first == second).all(axis=2).mean()),
        "mean": float(delta.mean()),
        "high": float(np.quantile(delta, 0.995)),
        "ssim": float(alike[detail].mean()) if detail.any() else 1.0,
        "edge_shift": edge_shift(before, after) / max(size),
        "long_side": max(size),
        "lines": len(boxes),
        "text": min(texts, default=1.0),
        "scale": result.shape[1] / photo.shape[1],
        "map": np.where(detail, np.clip(255 * (1 - alike), 0, 255), 0).astype(np.uint8),
    }


def verdict(figures: dict[str, Any]) -> dict[str, Any]:
    """Whether what the picture shows was kept; "broken" names the figures that say no."""
    broken = [
        name
        for name, least in (("ssim", LEAST_STRUCTURE), ("text", LEAST_TEXT))
        if figures[name] < least
    ]
    if figures["edge_shift"] > max(MOST_SHIFT, FINEST_SHIFT / figures["long_side"]):
        broken.append("edge_shift")
    return {"kept": not broken, "expected": "structure", "broken": broken}


def _size(photo: Rgb | Rgba) -> tuple[int, int]:
    height, width = photo.shape[:2]
    scale = min(1.0, (PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _at(picture: Rgb | Rgba, size: tuple[int, int]) -> Rgb:
    rgb = np.ascontiguousarray(drop_alpha(picture))
    return Rgb(np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8))


def _alike(first: Floats, second: Floats) -> tuple[Floats, Mask]:
    """The correlation in a window around every pixel, and where either picture has detail."""
    x, y = (cv2.GaussianBlur(grey, (0, 0), GRAIN) for grey in (first, second))
    mean_x, mean_y = _mean(x), _mean(y)
    var_x = np.maximum(_mean(x * x) - mean_x * mean_x, 0)
    var_y = np.maximum(_mean(y * y) - mean_y * mean_y, 0)
    both = _mean(x * y) - mean_x * mean_y
    alike = (both + FLAT) / (np.sqrt(var_x * var_y) + FLAT)
    return np.asarray(alike, np.float32), np.maximum(var_x, var_y) > DETAIL**2


def _mean(plane: Any) -> Floats:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), WINDOW), np.float32)


def edge_shift(first: Any, second: Any) -> float:
    """In pixels, between two grey pictures (H×W uint8 0–255). A strong edge may be answered by a
    weak one: contrast is allowed to change.
    """
    return max(_away(first, second), _away(second, first))


def _away(one: Any, other: Any) -> float:
    strong, answers = _edges(one, STRONG), _edges(other, WEAK)
    if not strong.any():
        return 0.0
    if not answers.any():
        return hypot(*strong.shape)
    away = cv2.distanceTransform((~answers).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return float(np.quantile(away[strong], QUANTILE))


def _edges(grey: Any, strength: int) -> Mask:
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.2)
    return np.asarray(cv2.Canny(smooth, strength / 2, strength) > 0)


def _correlation(first: Any, second: Any) -> float:
    x, y = (np.asarray(part, np.float64) - float(part.mean()) for part in (first, second))
    power = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum() / power) if power else 0.0


def _part(box: tuple[int, int, int, int]) -> tuple[slice, slice]:
    x, y, width, height = box
    return slice(y, y + height), slice(x, x + width)


def _delta(first: Rgb, second: Rgb) -> NDArray[np.float64]:
    step = max(1, int((first.shape[0] * first.shape[1] / SAMPLES) ** 0.5))
    pairs = (ciede.lab(picture[::step, ::step].reshape(-1, 3)) for picture in (first, second))
    return ciede.difference(*pairs)
