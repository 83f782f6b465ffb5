"""What a call comes to for a picture of that size: the result's size, the part looked at, the price."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from billing.credits import holds, previews
from billing.models import ApiKey
from tools.pipeline import ops
from tools.web.removebg.parameters import Length, Parameters
from tools.web.removebg.refusals import RefusedCallError

PREVIEW_PIXELS = 250_000
PIXELS = {
    "preview": PREVIEW_PIXELS,
    "small": PREVIEW_PIXELS,
    "regular": PREVIEW_PIXELS,
    "medium": 1_500_000,
    "hd": 4_000_000,
    "4k": 25_000_000,
    "full": 25_000_000,
    "50MP": 50_000_000,
    "auto": 25_000_000,
}
PREVIEWS = {"preview", "small", "regular"}
# What shows through takes more bytes than that is sensible for; ZIP, JPEG and WebP go on.
MOST_OF_PNG = 10_000_000
# What `X-Type` may say at each level; beyond it, another word of the contract's.
LEVEL_ONE = {"person", "product", "animal", "car"}


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The picture that came, the result, and the largest that was to be had; (width, height)."""

    came: tuple[int, int]
    result: tuple[int, int]
    most: tuple[int, int]


def count_units(width: int, height: int) -> int:
    """Of the rate: megapixels that came, to the nearest, and at least one."""
    return max(1, round(width * height / 1e6))


def choose_size(asked: str, width: int, height: int, *, can_pay: bool) -> str:
    """What `auto` comes to: the full size, where there is one and it can be paid."""
    if asked != "auto":
        return asked
    is_small = width * height <= PREVIEW_PIXELS
    return "preview" if is_small or not can_pay else "auto"


def find_sizes(size: str, file_format: str, width: int, height: int) -> Sizes:
    most = PIXELS["50MP"]
    cap = PIXELS[size]
    if file_format == "png":
        cap = min(cap, MOST_OF_PNG)
    return Sizes(
        came=(width, height),
        result=ops.fit_nearest(width, height, cap),
        most=ops.fit_nearest(width, height, most),
    )


def can_pay_whole(key: ApiKey) -> bool:
    return key.sandbox or holds.count_spendable(key.account) > 0


def check_credits(key: ApiKey, *, is_preview: bool) -> None:
    """Raises RefusedCallError where starting the call would find no credits: nothing is stored."""
    if can_pay_whole(key) or (is_preview and previews.count_free(key.account)):
        return
    raise RefusedCallError("insufficient_credits", 402)


def find_box(roi: tuple[Length, ...] | None, sizes: Sizes) -> list[int] | None:
    """The region of interest, left, top, right and bottom in pixels of the result's size, half-open.

    Raises RefusedCallError for one that is empty or goes past the picture.
    """
    if roi is None:
        return None
    corners = [at(length, side) for length, side in zip(roi, sizes.came * 2, strict=True)]
    left, right = sorted((corners[0], corners[2]))
    top, bottom = sorted((corners[1], corners[3]))
    wide, high = sizes.came
    if right > wide or bottom > high:
        raise RefusedCallError(
            "roi_exceeds_bounds", detail=f"The image has {wide} by {high} pixels."
        )
    if left == right or top == bottom:
        raise RefusedCallError("roi_region_empty", detail="The region has no pixels.")
    across, down = sizes.result[0] / wide, sizes.result[1] / high
    box = [round(left * across), round(top * down), round(right * across), round(bottom * down)]
    # Of what is smaller than a pixel of the result, one pixel is left.
    return [
        min(box[0], sizes.result[0] - 1),
        min(box[1], sizes.result[1] - 1),
        max(box[2], box[0] + 1),
        max(box[3], box[1] + 1),
    ]


def at(length: Length, side: int) -> float:
    value, unit = length
    return value * side / 100 if unit == "%" else value


def describe_file(
    asked: Parameters, sizes: Sizes, behind: UUID | None, file_format: str
) -> dict[str, Any]:
    """What to make, as `tools.rendering.call_files` reads it; and what is to be told with it."""
    return {
        "size": list(sizes.result),
        "most": list(sizes.most),
        "type": shown_type(asked),
        "roi": find_box(asked.roi, sizes),
        "margins": asked.margins,
        "scale": asked.scale,
        "position": asked.position,
        "colour": asked.colour,
        "shadow": asked.shadow,
        "background": str(behind) if behind else "",
        "format": file_format,
        "channels": asked.channels,
    }


def shown_type(asked: Parameters) -> str:
    """What `X-Type` says; empty where the caller wants none."""
    if asked.level == "none":
        return ""
    said = "product" if asked.type == "auto" else asked.type
    if asked.level == "1":
        return said if said in LEVEL_ONE else "other"
    return "graphics" if said == "graphic" else said
