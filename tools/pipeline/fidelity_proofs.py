"""Proofs: what a result did to the product, for each way in which a result can hold it."""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from tools.pipeline import fidelity, hidden, structure
from tools.pipeline.pixels import Alpha, Octets, Rgb, Rgba, crop


def prove_in_place(photo: Rgb | Rgba, alpha: Alpha, result: Rgb | Rgba) -> dict[str, Any]:
    """For results in which the product stays where it is in the photo: a cut-out, an erasure. Both
    are H×W×3 or H×W×4 uint8 sRGB.

    `alpha` (H×W uint8) is 255 where pixels must be the photo's own. Fidelity's figures with its
    verdict and its map.
    """
    height, width = photo.shape[:2]
    where = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    return proved(fidelity.compare_product(photo, alpha, result, where))


def prove_composite(
    photo: Rgb | Rgba, alpha: Alpha, result: Rgb, placement: Mapping[str, Any]
) -> dict[str, Any]:
    """For results (H×W×3 uint8 sRGB) into which the compositor laid the product of a photo (h×w×3
    or h×w×4) and its alpha (h×w uint8), by the placement it was given.
    """
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    scale = placement["scale"]
    box_left, _, box_right, box_bottom = placement["box"]
    middle, foot = (box_left + box_right) / 2 * alpha.shape[1], box_bottom * alpha.shape[0]
    where = {
        "x": round(placement["x"] * result.shape[1] - (middle - left) * scale),
        "y": round(placement["y"] * result.shape[0] - (foot - top) * scale),
        "width": max(round((right - left) * scale), 1),
        "height": max(round((bottom - top) * scale), 1),
        "scale": scale,
    }
    part = slice(top, bottom), slice(left, right)
    product, core = crop(photo, part), crop(alpha, part)
    return proved(fidelity.compare_product(product, core, result, where, resample=as_compositor))


def prove_continued(photo: Rgb | Rgba, result: Mapping[str, Any]) -> dict[str, Any]:
    """For results that hold the whole photo (H×W×3 or H×W×4 uint8 sRGB) at ("x", "y"), in pixels,
    in a larger "image".
    """
    height, width = photo.shape[:2]
    where = {"x": result["x"], "y": result["y"], "width": width, "height": height, "scale": 1}
    everything = Alpha(np.full((height, width), 255, np.uint8))
    return proved(fidelity.compare_product(photo, everything, result["image"], where))


def prove_enhanced(photo: Rgb | Rgba, result: Rgb | Rgba) -> dict[str, Any]:
    """For results that show the whole photo (H×W×3 or H×W×4 uint8 sRGB) in other light, sharper, or
    with more pixels. What lies under full transparency is compared by nobody.
    """
    figures = structure.compare_structure(hidden.fill_hidden(photo), hidden.fill_hidden(result))
    return {**figures, **structure.verdict(figures)}


def as_compositor(values: Octets, size: tuple[int, int]) -> Octets:
    """H×W (or H×W×C) uint8 at `size` = (width, height), as the compositor does it: area averages
    downwards, cubic convolution upwards.
    """
    method = cv2.INTER_AREA if size[0] < values.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(values, size, interpolation=method), np.uint8)


def proved(figures: dict[str, Any]) -> dict[str, Any]:
    return {**figures, **fidelity.verdict(figures)}


def render_heatmap(changes: Octets) -> Rgba:
    """A fidelity map (h×w uint8 0–255) as a picture to lay over the result, h×w×4 uint8 sRGB: clear
    where nothing changed, then from yellow to red.
    """
    shown = np.zeros((*changes.shape, 4), np.uint8)
    shown[..., 0] = 255
    shown[..., 1] = 220 - (changes * np.float32(0.8)).astype(np.uint8)
    shown[..., 3] = np.where(changes > 0, np.maximum(changes, 90), 0)
    return Rgba(shown)
