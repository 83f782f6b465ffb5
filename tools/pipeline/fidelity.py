"""What an attempt did to the product's own pixels: measured, not promised.

The product is compared with itself: the photo's pixels, put where they are known to have been put,
against what stands there in the result. Only the *core* counts, the pixels that are product and
nothing else (alpha 255); at its soft edge the background must show through.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline import ciede, similarity
from tools.pipeline.pixels import (
    Alpha,
    Mask,
    Octets,
    Rgb,
    Rgba,
    crop,
    drop_alpha,
    is_rgba,
    take_alpha,
)

# Takes uint8 (H, W) or (H, W, C) and (width, height): must be what the compositor used.
Resampler = Callable[[Octets, tuple[int, int]], Octets]
Expected = Literal["identical", "close"]

BAND = 256
SAMPLES = 120_000  # colour differences cost about a microsecond and a half each
MAP_PIXELS = 1_000_000
MAP_STEPS = 20  # of the map, for one unit of difference
SUPPORT = 4  # pixels on either side that a resampler may look at
HIGH = 0.995


UNTOUCHED = {"mean": 0.0, "high": 0.0, "ssim": 1.0, "edge_shift": 0.0}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What still counts as kept. ΔE2000: 1 can just be seen side by side, 2 to 3 can be seen at a
    glance, over 10 is another colour. Edges: in parts of the product's long side.
    """

    identical: float
    mean: float
    high: float
    ssim: float
    edge_shift: float


# A resampled product may differ by rounding alone.
IDENTICAL = Bounds(identical=1.0, mean=0.0, high=0.0, ssim=1.0, edge_shift=0.0)
RESAMPLED = Bounds(identical=0.0, mean=0.5, high=2.0, ssim=0.99, edge_shift=0.002)
CLOSE = Bounds(identical=0.0, mean=3.0, high=12.0, ssim=0.85, edge_shift=0.005)


class Pair(NamedTuple):
    """The part of photo and result that lie on each other; `core` says where they must agree."""

    photo: Rgb
    result: Rgb | Rgba
    core: Mask
    top: int  # of this part in the result
    left: int
    visible: float


def compare_product(
    photo: Rgb | Rgba,
    alpha: Alpha,
    result: Rgb | Rgba,
    placement: Mapping[str, float],
    *,
    resample: Resampler | None = None,
) -> dict[str, Any]:
    """Numbers (JSON values) and a "map", of H×W×3 or H×W×4 uint8 sRGB; alpha is H×W uint8.

    `placement` is in the result's pixels: "x" and "y" of the photo's left upper corner, "width"
    and "height" of the whole photo there, and "scale", their ratio to the photo's own.

    core: compared pixels. visible: the share of the core that lies within the result's frame.
    identical: the share of bit-identical pixels. mean, high: of ΔE2000, high being its 99.5th
    percentile. ssim: of luma. edge_shift: in parts of the product's long side. scale: as given.
    map: (h, w) uint8 over the whole result, at most 1 MP; a cell is its most different core
    pixel's ΔE2000 times 20, so 255 is 12.75 and more, and 0 is unchanged or not core.
    """
    pair = _placed(photo, alpha, result, placement, resample or resampled)
    core = int(pair.core.sum())
    same, worst = _compared(pair, result.shape[:2])
    return {
        "core": core,
        "visible": pair.visible,
        "identical": same / core if core else 0.0,
        **(UNTOUCHED if same == core else _differences(pair)),
        "scale": float(placement["scale"]),
        "map": worst,
    }


def verdict(figures: Mapping[str, Any], expected: Expected = "identical") -> dict[str, Any]:
    """Whether the product was kept. "identical" asks for every bit at scale 1 and allows rounding
    at others; "close" is for engines that redraw. "broken" names the figures that say no, or is
    ["core"] where there was nothing to compare: what cannot be proved is not claimed.
    """
    if not figures["core"]:
        return {"kept": False, "expected": expected, "broken": ["core"]}
    bounds = CLOSE
    if expected == "identical":
        bounds = IDENTICAL if figures["scale"] == 1 else RESAMPLED
    broken = [name for name in ("identical", "ssim") if figures[name] < getattr(bounds, name)]
    broken += [
        name for name in ("mean", "high", "edge_shift") if figures[name] > getattr(bounds, name)
    ]
    return {"kept": not broken, "expected": expected, "broken": broken}


def resampled(values: Octets, size: tuple[int, int]) -> Octets:
    """H×W (or H×W×C) uint8 at `size` = (width, height): averaged when made smaller, cubic when made
    larger.
    """
    smaller = size[0] * size[1] < values.shape[0] * values.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(values, size, interpolation=how), np.uint8)


def _placed(
    photo: Rgb | Rgba,
    alpha: Alpha,
    result: Rgb | Rgba,
    placement: Mapping[str, float],
    resample: Resampler,
) -> Pair:
    core = alpha == 255
    if is_rgba(photo):
        core &= take_alpha(photo) == 255
    colours: Octets = drop_alpha(photo)
    size = round(placement["width"]), round(placement["height"])
    if size != (photo.shape[1], photo.shape[0]):
        core = _resampled_core(core, size, resample)
        colours = resample(np.ascontiguousarray(colours), size)
    x, y = round(placement["x"]), round(placement["y"])
    left, top = max(0, x), max(0, y)
    right, bottom = min(result.shape[1], x + size[0]), min(result.shape[0], y + size[1])
    here = slice(top - y, max(top, bottom) - y), slice(left - x, max(left, right) - x)
    there = slice(top, max(top, bottom)), slice(left, max(left, right))
    total = int(core.sum())
    return Pair(
        photo=Rgb(np.ascontiguousarray(colours[here])),
        result=crop(result, there),
        core=core[here],
        top=top,
        left=left,
        visible=int(core[here].sum()) / total if total else 0.0,
    )


def _resampled_core(core: Mask, size: tuple[int, int], resample: Resampler) -> Mask:
    """Drawn in by as much as a resampler can carry in from beyond the core."""
    full = resample(core.astype(np.uint8) * np.uint8(255), size) == 255
    reach = 2 * ceil(SUPPORT * max(1.0, size[0] / core.shape[1])) + 1
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (reach, reach))
    drawn = cv2.erode(full.astype(np.uint8), window, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(drawn > 0)


def _seen(pair: Pair, rows: slice = slice(None)) -> Rgb:
    """The result's colours. A pixel of the product that has become transparent is shown on the
    opposite of its colour, so that no background can hide the hole.
    """
    result = crop(pair.result, rows)
    colours = drop_alpha(result)
    if not is_rgba(result) or (take_alpha(result)[pair.core[rows]] == 255).all():
        return colours
    alpha = result[..., 3:].astype(np.uint16)
    ground = 255 - pair.photo[rows].astype(np.uint16)
    return Rgb(((colours * alpha + ground * (255 - alpha) + 127) // 255).astype(np.uint8))


def _compared(pair: Pair, frame: tuple[int, ...]) -> tuple[int, Octets]:
    """How many core pixels are identical, and the map."""
    cell = max(1, ceil((frame[0] * frame[1] / MAP_PIXELS) ** 0.5))
    worst = np.zeros((ceil(frame[0] / cell), ceil(frame[1] / cell)), np.uint8)
    same = 0
    # Bands begin where cells do, so that no cell is cut in two.
    step, begin = cell * max(1, BAND // cell), pair.top - pair.top % cell
    for start in range(begin, pair.top + pair.core.shape[0], step):
        rows = slice(max(0, start - pair.top), start + step - pair.top)
        core = pair.core[rows]
        if not core.any():
            continue
        seen = _seen(pair, rows)
        apart = cv2.absdiff(pair.photo[rows], seen).max(axis=2)
        apart[~core] = 0
        same += int(np.count_nonzero(core)) - int(np.count_nonzero(apart))
        if apart.any():
            ys, xs = _worst(apart, max(start, pair.top) - start, pair.left % cell, cell)
            there = ys + rows.start + pair.top, xs + pair.left
            delta = _delta(pair.photo[rows][ys, xs], seen[ys, xs])
            worst[there[0] // cell, there[1] // cell] = _shown(delta)
    return same, worst


def _worst(apart: Octets, top: int, left: int, cell: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where, in each cell that has any difference, the largest one stands."""
    height, width = apart.shape
    below, beyond = -(top + height) % cell, -(left + width) % cell
    whole = np.pad(apart, ((top, below), (left, beyond)))
    rows, columns = whole.shape[0] // cell, whole.shape[1] // cell
    split = whole.reshape(rows, cell, columns, cell).transpose(0, 2, 1, 3)
    cells = split.reshape(rows, columns, cell * cell)
    at = cells.argmax(axis=2)
    down, across = np.nonzero(cells.max(axis=2))
    inside = at[down, across]
    return down * cell + inside // cell - top, across * cell + inside % cell - left


def _differences(pair: Pair) -> dict[str, float]:
    """Colours from an even sample where the core is large; structure and edges from all of it."""
    step = max(1, ceil((pair.core.sum() / SAMPLES) ** 0.5))
    if not pair.core[::step, ::step].any():
        step = 1
    core = pair.core[::step, ::step]
    seen = _seen(pair)
    delta = _delta(pair.photo[::step, ::step][core], seen[::step, ::step][core])
    down, across = np.nonzero(pair.core.any(axis=1))[0], np.nonzero(pair.core.any(axis=0))[0]
    side = float(max(np.ptp(down), np.ptp(across)) + 1)
    return {
        "mean": float(delta.mean()),
        "high": float(np.quantile(delta, HIGH)),
        "ssim": similarity.ssim(pair.photo, seen, pair.core),
        "edge_shift": similarity.edge_shift(pair.photo, seen, pair.core) / side,
    }


def _delta(first: Octets, second: Octets) -> NDArray[np.float64]:
    return ciede.difference(ciede.lab(first), ciede.lab(second))


def _shown(delta: NDArray[np.float64]) -> Octets:
    return np.clip(np.ceil(delta * MAP_STEPS), 1, 255).astype(np.uint8)
