"""What a generative model is given to paint, and how what it painted goes back into the photo.

Only what was to be painted changes: every other pixel stays the photo's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, cast

import cv2
import numpy as np

from tools.pipeline.enhancing import colours
from tools.pipeline.filling import dilation, erase, seams
from tools.pipeline.filling import mask as masks
from tools.pipeline.filling.canvas import Canvas, Job
from tools.pipeline.filling.padding import read_padding
from tools.pipeline.pixels import (
    Alpha,
    Floats,
    Mask,
    Octets,
    Picture,
    Rgb,
    Rgba,
    drop_alpha,
    is_rgba,
    take_alpha,
)

Part = tuple[slice, slice]

# Of a stage's long side: so far inside its outline the product is painted over as well. What a model
# sees of it has no trace of the old background then; its own edge is laid over the result.
EDGE = 0.002
# What counts as a line inside the product, in levels a pixel: Canny's two bounds.
FAINT, STRONG = 60, 160

# Pixels around a hole at which it is made to meet the photo, and the most levels that takes.
RIM, STEP = 3, 24

EMPTY = "empty background, the same surface and light going on, nothing on it"
CONTINUED = "the same background going on beyond the edges of the picture, same light"


@dataclass(frozen=True)
class Task(Generic[Picture]):
    """A call's jobs, and where in the picture each one's result belongs."""

    picture: Picture
    hole: Mask
    parts: tuple[Part, ...]
    jobs: tuple[Job, ...]

    def finished(self, painted: list[Floats]) -> Picture:
        """The picture (uint8 sRGB) with its hole painted; `painted` are h×w×3 in 0–1, job for job."""
        out = self.picture.copy()
        for part, result in zip(self.parts, painted, strict=True):
            known, missing = out[part], self.hole[part]
            size = known.shape[1], known.shape[0]
            large = np.asarray(
                cv2.resize(result * 255, size, interpolation=cv2.INTER_CUBIC), np.float32
            )
            known[missing] = colours.round_to_uint8(met(large, known, missing)[missing])
        return cast("Picture", out)


def met(painted: Floats, known: Octets, hole: Mask) -> Floats:
    """What was painted, shifted in brightness and colour to meet the photo around the hole."""
    ring = dilation.dilate_mask(hole, RIM) & ~hole
    if not ring.any():
        return painted
    missing = np.clip(known[ring] - painted[ring], -STEP, STEP).astype(np.float32)
    shape = hole.shape[0], hole.shape[1]
    offset = seams.spread(np.argwhere(ring), missing, shape)
    return painted + seams.stretched(offset, shape, slice(0, shape[0]))


def task(
    picture: Picture, hole: Mask, parts: list[Part], canvas: Canvas, words: str, seed: int
) -> Task[Picture]:
    rgb = drop_alpha(picture)
    jobs = tuple(job(Rgb(rgb[part]), hole[part], canvas, words, seed) for part in parts)
    return Task(picture, hole, tuple(parts), jobs)


def job(picture: Rgb, hole: Mask, canvas: Canvas, words: str, seed: int) -> Job:
    height, width = canvas.size(*hole.shape)
    how = cv2.INTER_AREA if height < hole.shape[0] else cv2.INTER_CUBIC
    small = Rgb(np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8))
    covered = cv2.resize(hole.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    return Job(small, Alpha(np.where(covered > 0, 255, 0).astype(np.uint8)), words, seed)


def plan_erase(photo: Rgb | Rgba, args: Mapping[str, Any], canvas: Canvas) -> Task[Rgb]:
    """As `filling.steps.erase` is asked, for H×W×3 or H×W×4 uint8 sRGB; each hole with its
    surroundings is a job.
    """
    rgb = Rgb(np.ascontiguousarray(drop_alpha(photo)))
    hole = erase.grown(masks.painted(args["strokes"], (rgb.shape[1], rgb.shape[0])))
    parts = [] if not hole.any() or hole.all() else erase.pieces(hole)
    return task(rgb, hole, parts, canvas, args.get("words") or EMPTY, args["seed"])


def plan_expand(
    photo: Picture, args: Mapping[str, Any], canvas: Canvas
) -> tuple[Task[Picture], int, int]:
    """As `filling.steps.expand` is asked, for H×W×3 or H×W×4 uint8 sRGB; with where the photo lies
    on the larger canvas, in pixels. A photo with alpha has no background to go on with: it gets
    transparent sides.
    """
    height, width = photo.shape[:2]
    left, right, top, bottom = read_padding(args, width, height)
    clear = is_rgba(photo)
    around = cv2.BORDER_CONSTANT if clear else cv2.BORDER_REFLECT_101
    wide = cv2.copyMakeBorder(photo, top, bottom, left, right, around, value=(0, 0, 0, 0))
    hole = np.full(wide.shape[:2], not clear)
    hole[top : top + height, left : left + width] = False
    parts = [(slice(None), slice(None))] if hole.any() else []
    words = args.get("words") or CONTINUED
    picture = cast("Picture", np.asarray(wide, np.uint8))
    made = task(picture, hole, parts, canvas, words, args["seed"])
    return made, left, top


def plan_surroundings(stage: Rgba, args: Mapping[str, Any], canvas: Canvas) -> Job:
    """All around the product of a stage (H×W×4 uint8 sRGB, see `compositing.product_canvas`) to be painted
    by words.
    """
    alpha = take_alpha(stage)
    sure = alpha == 255
    edge = max(1.0, EDGE * max(sure.shape))
    hole = dilation.dilate_mask(~sure, edge)
    if hole.all():
        # Glass, or something very thin: most of it is better than a model that sees nothing.
        hole = alpha < 128
    rgb = Rgb(np.ascontiguousarray(drop_alpha(stage)))
    made = job(rgb, hole, canvas, args["words"], args["seed"])
    return replace(made, lines=lines(stage, made.mask.shape))


def lines(stage: Rgba, shape: tuple[int, ...]) -> Alpha:
    """The product of a stage (H×W×4 uint8 sRGB) as a drawing of that (height, width): uint8, 255
    along its outline and along its edges inside (Canny's), two pixels wide.
    """
    size = shape[1], shape[0]
    picture, share = (
        np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
        for part in map(np.ascontiguousarray, (drop_alpha(stage), take_alpha(stage)))
    )
    product = (share > 127).astype(np.uint8)
    drawn = cv2.Canny(picture, FAINT, STRONG) * product
    outline, _ = cv2.findContours(product, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return Alpha(np.asarray(cv2.drawContours(drawn, outline, -1, 255, 2), np.uint8))


def plan_redraw(picture: Rgb, canvas: Canvas, words: str, seed: int) -> Job:
    """The whole picture (H×W×3 uint8 sRGB) to be drawn anew."""
    return job(picture, np.ones(picture.shape[:2], np.bool_), canvas, words, seed)


def resize_painted(made: Floats, shape: tuple[int, ...]) -> Rgb:
    """What a model made, h×w×3 float32 0–1, as uint8 sRGB at a picture's own size (H, W, …), by
    cubic convolution.
    """
    size = shape[1], shape[0]
    large = cv2.resize(made * 255, size, interpolation=cv2.INTER_CUBIC)
    return Rgb(colours.round_to_uint8(np.asarray(large, np.float32)))
