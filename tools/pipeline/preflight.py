"""Does a finished picture meet a marketplace's facts? Measured on the picture that is handed out.

A rule that nobody publishes is not checked. What cannot be measured for certain (text, a
watermark) is a suspicion and only warns.
"""

from typing import Any

import cv2
import numpy as np

from tools.pipeline import text_lines
from tools.pipeline.pixels import Alpha, Rgb, mask_to_alpha, to_grey

Row = dict[str, Any]
Box = tuple[float, float, float, float]

FAIL, WARN = "fail", "warn"
NEAR_WHITE = 246
EDGE_RING = 0.004
TOLERANCE = 0.005


def check_market_rules(
    result: Rgb,
    *,
    market: dict[str, Any],
    encoded_bytes: int | None = None,
    file_type: str | None = None,
    mask: Alpha | None = None,
    alpha_box: Box | None = None,
    scale: float | None = None,
) -> list[Row]:
    """Rows {id, ok, measured, wanted, severity}, one for each published rule.

    `result` is H×W×3 uint8 sRGB. The product is given by its `mask` (H×W uint8, above 0 is product)
    or by its box as shares 0–1 (left, top, right, bottom); with neither it is what is not near
    white. `severity` is "fail" for what the marketplace itself says, else "warn". `scale`: how many
    of its pixels each of the photo's became.
    """
    product = product_mask(result, mask, alpha_box)
    box = bounds(product)
    weight = FAIL if market["official"] else WARN
    rows = [*size_rows(result, market), *file_rows(market, encoded_bytes, file_type)]
    if market["white"] is not False:
        rows.append(white_row(result, product, market))
    rows += fill_rows(result, box, market)
    rows.append(whole_row(result, box))
    if scale is not None and scale > 1 + TOLERANCE:
        rows.append(row("enlarged", round(scale, 2), 1, ok=False, severity=WARN))
    for found in rows:
        found.setdefault("severity", weight)
    if market["text_allowed"] is not True:
        rows.append(text_row(result, product))
    return rows


def row(name: str, measured: Any, wanted: Any, *, ok: bool, **more: Any) -> Row:
    return {"id": name, "ok": bool(ok), "measured": measured, "wanted": wanted, **more}


def product_mask(result: Rgb, mask: Alpha | None, box: Box | None) -> Alpha:
    """H×W uint8: 255 where the product or its soft edge is, else 0."""
    high, wide = result.shape[:2]
    if mask is not None:
        return mask_to_alpha(mask > 0)
    found = np.zeros((high, wide), np.uint8)
    if box is not None:
        left, top, right, bottom = box
        rows = slice(max(round(top * high), 0), max(round(bottom * high), 0))
        found[rows, max(round(left * wide), 0) : max(round(right * wide), 0)] = 255
        return Alpha(found)
    found[result.min(2) < NEAR_WHITE] = 255
    cleaned = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return Alpha(np.asarray(cleaned, np.uint8))


def bounds(product: Alpha) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) in pixels, half-open; None where there is no product."""
    columns, rows = np.flatnonzero(product.any(0)), np.flatnonzero(product.any(1))
    if columns.size == 0:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def size_rows(result: Rgb, market: dict[str, Any]) -> list[Row]:
    high, wide = result.shape[:2]
    longest, measured = max(wide, high), [wide, high]
    rows = []
    if market["smallest"] is not None:
        least = list(market["smallest"])
        rows.append(row("size-min", measured, least, ok=wide >= least[0] and high >= least[1]))
    if market["smallest_side"] is not None:
        least = market["smallest_side"]
        rows.append(row("size-min-side", longest, least, ok=longest >= least))
    if market["largest_side"] is not None:
        most = market["largest_side"]
        rows.append(row("size-max-side", longest, most, ok=longest <= most))
    if market["largest_pixels"] is not None:
        most = market["largest_pixels"]
        rows.append(row("size-max-pixels", wide * high, most, ok=wide * high <= most))
    if market["aspect"] is not None:
        across, down = market["aspect"]
        # One pixel off is rounding, not another shape.
        off = abs(wide - high * across / down)
        rows.append(row("aspect", measured, [across, down], ok=off <= 1))
    good = list(market["recommended"])
    large = longest >= max(good)
    rows.append(row("size-recommended", measured, good, ok=large, severity=WARN))
    return rows


def file_rows(market: dict[str, Any], size: int | None, kind: str | None) -> list[Row]:
    rows = []
    if kind is not None:
        name = known_type(kind)
        rows.append(row("file-type", name, list(market["types"]), ok=name in market["types"]))
    if size is not None and market["most_bytes"] is not None:
        most = market["most_bytes"]
        rows.append(row("file-size", size, most, ok=size <= most))
    if size is not None and market["least_bytes"] is not None:
        least = market["least_bytes"]
        rows.append(row("file-size-min", size, least, ok=size >= least))
    return rows


def known_type(kind: str | None) -> str:
    name = (kind or "").lower()
    return {"jpg": "jpeg", "tif": "tiff"}.get(name, name)


def white_row(result: Rgb, product: Alpha, market: dict[str, Any]) -> Row:
    """White is 255 in every pixel outside the product: counted, and shown where."""
    grey = (result.min(2) < 255) & (product == 0)
    count = int(np.count_nonzero(grey))
    measured: dict[str, Any] = {"count": count, "share": count / grey.size}
    if count:
        left, top, right, bottom = bounds(mask_to_alpha(grey)) or (0, 0, 0, 0)
        high, wide = grey.shape
        measured["box"] = [left / wide, top / high, right / wide, bottom / high]
        measured["darkest"] = int(result.min(2)[grey].min())
    more = {} if market["white"] else {"severity": WARN}
    return row("white", measured, 255, ok=count == 0, **more)


def fill_rows(
    result: Rgb, box: tuple[int, int, int, int] | None, market: dict[str, Any]
) -> list[Row]:
    """The share of the side that the product fills more."""
    high, wide = result.shape[:2]
    left, top, right, bottom = box or (0, 0, 0, 0)
    share = max((right - left) / wide, (bottom - top) / high)
    least, most = market["fill"]
    rows = []
    if least is not None:
        rows.append(row("fill-min", share, least, ok=share >= least - TOLERANCE))
    if most is not None:
        rows.append(row("fill-max", share, most, ok=share <= most + TOLERANCE, severity=WARN))
    return rows


def whole_row(result: Rgb, box: tuple[int, int, int, int] | None) -> Row:
    """Nothing cut off: a product that touches the picture's edge may go on beyond it."""
    high, wide = result.shape[:2]
    if box is None:
        return row("whole", ["missing"], [], ok=False, severity=FAIL)
    left, top, right, bottom = box
    near = max(1, round(EDGE_RING * min(wide, high)))
    sides = {
        "left": left < near,
        "top": top < near,
        "right": right > wide - near,
        "bottom": bottom > high - near,
    }
    touched = [name for name, hit in sides.items() if hit]
    return row("whole", touched, [], ok=not touched)


def text_row(result: Rgb, product: Alpha) -> Row:
    """Lines of small strong marks outside the product, the way that letters lie.

    Finds set type and most watermarks on plain backgrounds; in a busy scene it can be wrong both
    ways, so that it never does more than warn.
    """
    scale = min(1.0, 900 / max(result.shape[:2]))
    size = (max(round(result.shape[1] * scale), 1), max(round(result.shape[0] * scale), 1))
    small = Rgb(np.asarray(cv2.resize(result, size, interpolation=cv2.INTER_AREA), np.uint8))
    kept = cv2.resize(product, size, interpolation=cv2.INTER_NEAREST)
    kept = cv2.dilate(kept, np.ones((9, 9), np.uint8))
    marks = text_lines.marks(to_grey(small))
    lines = text_lines.lines(np.where(kept == 0, marks, 0).astype(np.uint8))
    boxes = [
        [x / size[0], y / size[1], (x + w) / size[0], (y + h) / size[1]] for x, y, w, h in lines
    ]
    return row("text", {"lines": len(lines), "boxes": boxes[:5]}, 0, ok=not lines, severity=WARN)
