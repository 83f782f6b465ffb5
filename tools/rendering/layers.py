"""Layers of a composite, so that the page can move one over the other before it asks for more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import cv2
import numpy as np

from tools.models import Attempt, Photo
from tools.pipeline import encoding, ops
from tools.pipeline.compositing.silhouette import NothingToPlaceError, measure_silhouette
from tools.pipeline.graph import plan_steps
from tools.pipeline.matting import cutout
from tools.pipeline.pixels import Alpha, Rgb, crop, drop_alpha
from tools.pipeline.run import Run, read_alpha, read_image
from tools.pricing.plans import AttemptPlan
from tools.storage import files

# Sharp enough to be moved about for a moment; the true result follows.
LONG_SIDE = 1400
QUALITY = 82


def cut_out(run: Run, plan: AttemptPlan, photo: Photo) -> dict[str, Any]:
    """Store the product alone, unless an earlier attempt has, and say where in the photo it is.

    "box" is the part of the photo that the stored picture shows, "product" the box by which it is
    placed, both as [left, top, right, bottom] in shares of the photo; "cut" names the photo's edges
    that it crosses. "size" is the width and height that those are shares of: another tool may have
    made the photo larger before. Empty for a tool that finds no product, and for a photo that has none.
    """
    if plan.tool.alpha is None:
        return {}
    small = plan.small
    node = plan.tool.alpha(small, plan.params)
    alpha = read_alpha(run.value(node))
    try:
        shape = measure_silhouette(alpha)
    except NothingToPlaceError:
        return {}
    name = str(next(reversed(plan_steps(node, run.versions))))[:16]
    box = outline(alpha)
    if not files.file_exists(files.cut_out(photo.pk, name)):
        left, top, right, bottom = box
        part = (slice(top, bottom), slice(left, right))
        colours = drop_alpha(read_image(run.value(ops.make_foreground(small, node))))
        own = read_image(run.value(small))
        cropped = crop(own, part), crop(alpha, part), crop(colours, part)
        picture = cutout.cut_out_subject(*cropped)
        shown = encoding.shrink_preview(picture, long_side=LONG_SIDE)
        files.write_file(
            files.cut_out(photo.pk, name), encoding.encode_webp(shown, quality=QUALITY, effort=2)
        )
    high, wide = alpha.shape
    product = (shape.left, shape.top, shape.right, shape.bottom)
    return {
        "name": name,
        "size": list(ops.read_size(plan.whole)),
        "box": shares(box, wide, high),
        "product": shares(product, wide, high),
        "cut": list(shape.cut),
    }


def second(run: Run, plan: AttemptPlan, photo: Photo) -> dict[str, Any]:
    """Store what else the product may have been, small, where what we took for it is in doubt and
    there was another answer. "name" is the stored picture's, of the whole photo.
    """
    if "matte" not in run.engines:
        # It goes on from a product that was found before: there the other one is offered.
        return {}
    said = run.facts.get("second") or run.facts.get("subject") or {}
    if said.get("outline", {}).get("sure", True) or not said.get("doubts", {}).get("rival"):
        return {}
    node = ops.take_second(plan.whole)
    name = str(next(reversed(plan_steps(node, run.versions))))[:16]
    # Of this the attempt's own facts say nothing.
    aside = replace(run, timings=[], facts={})
    other = cast("Mapping[str, Any]", aside.value(node))
    alpha = other["second"] if plan.params.get("other_answer") else other["alpha"]
    name += "-first" if plan.params.get("other_answer") else ""
    if not files.file_exists(files.cut_out(photo.pk, name)):
        size = alpha.shape[1], alpha.shape[0]
        small = drop_alpha(read_image(aside.value(plan.small)))
        own = Rgb(np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8))
        picture = cutout.cut_out_subject(own, alpha, own)
        files.write_file(files.cut_out(photo.pk, name), encoding.encode_webp(picture, effort=2))
    return {"name": name}


def behind(run: Run, attempt: Attempt, plan: AttemptPlan) -> None:
    """Store what the product stands in, without it."""
    if plan.tool.behind is None:
        return
    picture = read_image(run.value(plan.tool.behind(plan.small, plan.params)))
    shown = encoding.shrink_preview(picture, long_side=LONG_SIDE)
    files.write_file(
        files.attempt_behind_path(attempt.pk), encoding.encode_jpeg(shown, quality=QUALITY)
    )
    if not Attempt.objects.filter(pk=attempt.pk).exists():
        # Deleted meanwhile.
        files.remove_files([files.attempt_behind_path(attempt.pk)])


def outline(alpha: Alpha) -> tuple[int, int, int, int]:
    """The smallest box that holds all that is not wholly clear."""
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def shares(box: tuple[int, int, int, int], width: int, height: int) -> list[float]:
    left, top, right, bottom = box
    return [
        round(value, 6) for value in (left / width, top / height, right / width, bottom / height)
    ]
