"""Where on the picture a matte is to be doubted."""

from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np

from tools.pipeline.matting.doubts import View
from tools.pipeline.matting.planes import Mask, make_disk, to_float32, to_uint8
from tools.pipeline.pixels import Floats

Reason = Literal["answers", "edge", "belief", "whole"]

# An edge is faint where fewer Lab units lie across it, or fewer a pixel along it.
FAINT_CONTRAST, FAINT_GRADIENT = 7.0, 1.2
# What is doubted less than this is not shown.
DOUBTED = 0.3
# Answers that differ weigh all; an edge that cannot be seen, and what was believed otherwise, less.
EDGE_WEIGHT, BELIEF_WEIGHT = 0.5, 0.45
# Doubts within so many pixels of each other are one place, which is shown with so much around it.
JOINED, MARGIN = 5, 3
# The most that a visitor is shown, and the least of a picture that is worth showing.
MOST, LEAST = 5, 0.0006


@dataclass(frozen=True)
class Place:
    """A box (left, top, right, bottom) in shares of the picture, and what is doubtful there: the
    answers differ, the edge cannot be seen, something else was believed; or all of it.
    """

    box: tuple[float, float, float, float]
    why: Reason

    def as_json(self) -> dict[str, Any]:
        return {"box": list(self.box), "why": self.why}


def find_doubtful_places(view: View) -> tuple[Place, ...]:
    """The worst first, at most MOST; never none."""
    maps = doubt_maps(view)
    doubt = np.max(np.stack(list(maps.values())), axis=0)
    joined = to_uint8(
        cv2.morphologyEx(to_uint8(doubt > DOUBTED), cv2.MORPH_CLOSE, make_disk(JOINED))
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    weights = np.bincount(labels.ravel(), doubt.ravel(), count)
    found = []
    for label in sorted(range(1, count), key=lambda each: -weights[each])[:MOST]:
        if weights[label] >= LEAST * doubt.size:
            here = np.asarray(labels == label)
            why = max(maps, key=lambda name: float(maps[name][here].sum()))
            found.append(Place(boxed(stats[label], doubt.shape), why))
    return tuple(found) or (whole(view.inside),)


def doubt_maps(view: View) -> dict[Reason, Floats]:
    """(h, w) in 0..1 for each reason."""
    apart = np.abs(view.shapes - view.alpha)
    faint = view.edge & ((view.contrast < FAINT_CONTRAST) | (view.gradient < FAINT_GRADIENT))
    edge = to_float32(cv2.dilate(to_uint8(faint), make_disk(2)))
    return {
        "answers": to_float32(np.tensordot(view.chances, apart, 1)),
        "edge": edge * np.float32(EDGE_WEIGHT),
        "belief": np.abs(view.belief - view.alpha) * np.float32(BELIEF_WEIGHT),
    }


def whole(inside: Mask) -> Place:
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    if not len(rows):
        return Place((0.0, 0.0, 1.0, 1.0), "whole")
    sides = (columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1)
    return Place(boxed(np.array(sides), inside.shape), "whole")


def boxed(sides: Any, shape: tuple[int, ...]) -> tuple[float, float, float, float]:
    """From left, top, width and height in pixels, with its margin."""
    left, top, width, height = (int(each) for each in sides[:4])
    return (
        round(max(0, left - MARGIN) / shape[1], 4),
        round(max(0, top - MARGIN) / shape[0], 4),
        round(min(shape[1], left + width + MARGIN) / shape[1], 4),
        round(min(shape[0], top + height + MARGIN) / shape[0], 4),
    )
