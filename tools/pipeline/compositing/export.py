"""The product on a marketplace's canvas: its size, its fill, its margin, its white.

A sheet is {"image": Rgb, "mask": Alpha, "scale": float, "fill": float}: the picture, as large as
the marketplace recommends; where the product lies on it; how many of its pixels each of the
photo's became; and the share of the side that the product fills more.
"""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from tools.pipeline.compositing.compose import blend, laid
from tools.pipeline.compositing.fill import fill_bounds, stage_share, wanted_fill
from tools.pipeline.compositing.silhouette import Silhouette, measure_silhouette
from tools.pipeline.pixels import Alpha, Rgb, crop

WHITE = "#ffffff"
AREA = cv2.INTER_AREA


def fit_product_to_market(
    foreground: Rgb, alpha: Alpha, *, market: dict[str, Any], colour: str = WHITE
) -> dict[str, Any]:
    """The product alone (colours H×W×3 uint8 sRGB, alpha H×W uint8) in the middle of a sheet of one
    colour: {"image": H×W×3 uint8 sRGB, "mask": H×W uint8, "scale": float, "fill": 0–1}.

    Products that the photo cut off stay glued to that edge. Raises NothingToPlaceError.
    """
    shape = measure_silhouette(alpha)
    width, height = market["recommended"]
    scale = scale_on(shape, width, height, wanted_fill(market))
    placement = {
        "x": across(shape, width, scale),
        "y": down(shape, height, scale),
        "scale": scale,
        "box": relative(shape, alpha),
        "width": width,
        "height": height,
    }
    paper = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8)
    image = Rgb(np.broadcast_to(paper, (height, width, 3)).copy())
    blend(image, laid(foreground, alpha, placement, width, height).clipped(width, height), wrap=0.0)
    return describe_sheet(image, alpha, placement)


def fit_scene_to_market(
    composite: Rgb, alpha: Alpha, placement: Mapping[str, Any]
) -> dict[str, Any]:
    """A scene (H×W×3 uint8 sRGB) that was drawn for `placement` of the photo's product (H×W uint8),
    seen through its window, as a sheet: {"image": H×W×3 uint8 sRGB, "mask": H×W uint8, "scale":
    float, "fill": float}.
    """
    window = placement.get("window")
    if window is None:
        return describe_sheet(composite, alpha, placement)
    high, wide = composite.shape[:2]
    mask = mask_placed(alpha, placement, width=wide, height=high)
    left, top = round(window["left"] * wide), round(window["top"] * high)
    across, down = round(window["share"] * wide), round(window["share"] * high)
    part = slice(top, top + down), slice(left, left + across)
    size = window["width"], window["height"]
    image = Rgb(np.asarray(cv2.resize(crop(composite, part), size, interpolation=AREA), np.uint8))
    seen = Alpha(np.asarray(cv2.resize(crop(mask, part), size, interpolation=AREA), np.uint8))
    shape, scale = measure_silhouette(alpha), float(placement["scale"]) * size[0] / across
    fill = max(shape.width * scale / size[0], shape.height * scale / size[1])
    return {"image": image, "mask": seen, "scale": scale, "fill": fill}


def describe_sheet(image: Rgb, alpha: Alpha, placement: Mapping[str, Any]) -> dict[str, Any]:
    height, width = image.shape[:2]
    shape, scale = measure_silhouette(alpha), float(placement["scale"])
    fill = max(shape.width * scale / width, shape.height * scale / height)
    mask = mask_placed(alpha, placement, width=width, height=height)
    return {"image": image, "mask": mask, "scale": scale, "fill": fill}


def mask_placed(alpha: Alpha, placement: Mapping[str, Any], *, width: int, height: int) -> Alpha:
    """The product's alpha (H×W uint8) where `placement` lays it on a canvas of `width` and `height`."""
    flat = Rgb(np.broadcast_to(alpha[..., None], (*alpha.shape, 3)))
    layer = laid(flat, alpha, placement, width, height).clipped(width, height)
    mask = Alpha(np.zeros((height, width), np.uint8))
    high, wide = layer.alpha.shape
    mask[layer.top : layer.top + high, layer.left : layer.left + wide] = layer.alpha
    return mask


def place_on_market(
    alpha: Alpha, placement: Mapping[str, Any], *, market: dict[str, Any], nearness: float = 1.0
) -> dict[str, Any]:
    """The placement that the visitor sees, carried over to the marketplace's canvas.

    The product (H×W uint8) has the same place and the same part of the canvas, except where the marketplace
    asks for more or less of it, or where it would run off the canvas. What stands on a podium grows
    no wider than that allows; a canvas that is `nearness` times as large has a "window" then, {"left",
    "top", "share", "width", "height"}: the part of it, in shares, that is the sheet.
    """
    shape, cut = measure_silhouette(alpha), set(placement["cut"])
    width, height = market["recommended"]
    carried = placement["scale"] * min(width / placement["width"], height / placement["height"])
    low, high = fill_bounds(market)
    fill = max(shape.width * carried / width, shape.height * carried / height)
    scale = carried * min(max(fill, low), high) / fill
    # What runs from edge to edge is to go on doing so, unless that would cut it elsewhere.
    spans = []
    if {"left", "right"} <= cut:
        spans.append(width / shape.width)
    if {"top", "bottom"} <= cut:
        spans.append(height / shape.height)
    if spans:
        scale = min(*spans, width / shape.width, height / shape.height)
    stands = scale
    if not cut:
        stands = min(scale, max(carried, scale_on_stage(shape, placement, width, height)))
    x, y = places_on(shape, placement, (width, height), stands, high)
    ground = y + placement["ground"] - placement["y"]
    nearer = min(scale / stands, nearness)
    placed = {"x": x, "y": y, "scale": stands * nearness, "ground": ground}
    size = {"width": round(width * nearness), "height": round(height * nearness)}
    if nearness == 1:
        return {**placement, **placed, **size}
    seen_x, seen_y = places_on(shape, placement, (width, height), stands * nearer, high)
    share = 1 / nearer
    left, top = (
        min(max(at - seen * share, 0.0), 1 - share) for at, seen in ((x, seen_x), (y, seen_y))
    )
    window = {"left": left, "top": top, "share": share, "width": width, "height": height}
    return {**placement, **placed, **size, "window": window}


def scale_on_stage(
    shape: Silhouette, placement: Mapping[str, Any], width: int, height: int
) -> float:
    """The most that fits onto what the product stands on; no limit where that is the floor."""
    stage = placement.get("stage")
    if not stage:
        return float("inf")
    return stage_share(stage["width"], width, height) * width / shape.width


def places_on(
    shape: Silhouette,
    placement: Mapping[str, Any],
    size: tuple[int, int],
    scale: float,
    high: float,
) -> tuple[float, float]:
    """Middle and foot of the product at that scale on a canvas of that size, in shares: where they
    were, as far as that leaves the margin free of which the product fills `high` at the most.
    """
    margin, cut = (1 - high) / 2, set(placement["cut"])
    wide, tall = shape.width * scale / size[0], shape.height * scale / size[1]
    x = held(placement["x"] - wide / 2, wide, margin, "left" in cut, "right" in cut) + wide / 2
    y = held(placement["y"] - tall, tall, margin, "top" in cut, "bottom" in cut) + tall
    return x, y


def held(start: float, size: float, margin: float, first: bool, last: bool) -> float:  # noqa: FBT001  two edges, side by side
    """Where a length of `size` begins that is to lie on 0..1, glued to the edges that cut it."""
    if first and last:
        return (1 - size) / 2
    if first or last:
        return 0.0 if first else 1 - size
    return min(max(start, min(margin, (1 - size) / 2)), max(1 - margin - size, (1 - size) / 2))


def scale_on(shape: Silhouette, width: int, height: int, share: float) -> float:
    scale = share * min(width / shape.width, height / shape.height)
    # A hair more or less must not cost the product its own pixels.
    return 1.0 if abs(scale - 1) < 2 / max(shape.width, shape.height) else scale


def across(shape: Silhouette, width: int, scale: float) -> float:
    half = shape.width * scale / width / 2
    if {"left", "right"} <= set(shape.cut):
        return 0.5
    return half if "left" in shape.cut else 1 - half if "right" in shape.cut else 0.5


def down(shape: Silhouette, height: int, scale: float) -> float:
    """The foot's line: the product stands in the middle of the canvas unless it is cut off."""
    tall = shape.height * scale / height
    if "bottom" in shape.cut:
        return 1.0
    return tall if "top" in shape.cut else 0.5 + tall / 2


def relative(shape: Silhouette, alpha: Alpha) -> list[float]:
    high, wide = alpha.shape
    return [shape.left / wide, shape.top / high, shape.right / wide, shape.bottom / high]
