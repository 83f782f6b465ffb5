"""The product on a marketplace's canvas: its size, its fill, its margin, its white."""

from typing import Any

import numpy as np

from tools.pipeline.compositing.compose import blend, laid
from tools.pipeline.compositing.silhouette import Silhouette, measure_silhouette
from tools.pipeline.pixels import Alpha, Rgb, Rgba, drop_alpha, is_rgba, take_alpha

COMFORTABLE_FILL = 0.85


def fit_product_to_market(
    foreground: Rgb,
    alpha: Alpha,
    *,
    market: dict[str, Any],
    colour: str = "#ffffff",
    whole_scale: bool = True,
) -> dict[str, Any]:
    """{"image": H×W×3 uint8 sRGB, "mask": H×W uint8, "scale": float, "fill": 0–1}, of a photo's
    colours and alpha of the same kinds.

    The canvas is the recommended size; with `whole_scale` a product that is a little too small
    or too large for it keeps its own pixels on a canvas of the same shape instead, if the
    marketplace's limits allow. Where pure white is asked for, `colour` is not heard. Products
    that the photo cut off stay glued to that edge. Raises NothingToPlaceError.
    """
    shape = measure_silhouette(alpha)
    share = wanted_fill(market)
    width, height = canvas(shape, market, share, whole_scale=whole_scale)
    scale = scale_on(shape, width, height, share)
    placement = {
        "x": across(shape, width, scale),
        "y": down(shape, height, scale),
        "scale": scale,
        "box": relative(shape, alpha),
    }
    paper = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8)
    if market["white"]:
        paper = np.full(3, 255, np.uint8)
    image = Rgb(np.broadcast_to(paper, (height, width, 3)).copy())
    layer = laid(foreground, alpha, placement, width, height).clipped(width, height)
    blend(image, layer, wrap=0.0)
    mask = np.zeros((height, width), np.uint8)
    high, wide = layer.alpha.shape
    mask[layer.top : layer.top + high, layer.left : layer.left + wide] = layer.alpha
    fill = max(shape.width * scale / width, shape.height * scale / height)
    return {"image": image, "mask": mask, "scale": scale, "fill": fill}


def fit_cutout_to_market(result: Rgb | Rgba, *, market: dict[str, Any]) -> dict[str, Any]:
    """`fit_product_to_market` of a cut-out (H×W×4 uint8 sRGB); an opaque picture (H×W×3) is no cut-out and
    keeps its own canvas. Raises NothingToPlaceError.
    """
    if is_rgba(result):
        return fit_product_to_market(drop_alpha(result), take_alpha(result), market=market)
    everything = np.full(result.shape[:2], 255, np.uint8)
    return {"image": result, "mask": everything, "scale": 1.0, "fill": 1.0}


def wanted_fill(market: dict[str, Any]) -> float:
    """What the marketplace asks for, else what leaves its margin, else what looks right."""
    least, most = market["fill"]
    if market["margin"] is not None:
        share = 1 - 2 * float(market["margin"])
    else:
        share = COMFORTABLE_FILL if least is None else max(least + 0.02, COMFORTABLE_FILL)
    share = share if least is None else max(share, least)
    return float(share if most is None else min(share, most - 0.02))


def canvas(
    shape: Silhouette, market: dict[str, Any], share: float, *, whole_scale: bool
) -> tuple[int, int]:
    """The recommended size, or one of its shape on which the product fills `share` at scale 1."""
    width, height = market["recommended"]
    wanted = max(shape.width / share / width, shape.height / share / height)
    if not whole_scale or not 0.75 <= wanted <= 1.6:
        return width, height
    own_w, own_h = round(width * wanted), round(height * wanted)
    floor_w, floor_h = market["smallest"] or (0, 0)
    longest = max(own_w, own_h)
    fits = own_w >= floor_w and own_h >= floor_h
    fits = fits and longest >= (market["smallest_side"] or 0)
    fits = fits and longest <= (market["largest_side"] or longest)
    fits = fits and own_w * own_h <= (market["largest_pixels"] or own_w * own_h)
    return (own_w, own_h) if fits else (width, height)


def scale_on(shape: Silhouette, width: int, height: int, share: float) -> float:
    scale = share * min(width / shape.width, height / shape.height)
    # Rounding the canvas must not cost the product its own pixels.
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
