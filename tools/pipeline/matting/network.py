"""From what a network believes of each pixel to the coarse shape that `refine` begins with."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import bands, fusion, own_alpha, segmentation
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.choice import promising
from tools.pipeline.matting.planes import (
    Mask,
    blurred,
    fit_long_side,
    make_disk,
    mask,
    resized,
    to_float32,
    to_uint8,
)
from tools.pipeline.matting.starts import VIVID
from tools.pipeline.matting.strokes import DROP, KEEP, Stroke
from tools.pipeline.matting.subject import FLAT, LOOK, REACH, ROUNDING, WORKING
from tools.pipeline.pixels import Alpha, Floats, Matte, Rgb, Rgba, drop_alpha, matte_to_alpha

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
# Networks that see less than this many pixels a side leave an outline that wants solving again.
COARSE = 512
# The long side at which the answer of a finer one is kept.
FINE = 1024
# Between these the network is in doubt, and colours decide. Chosen on 72 photographs with a
# network of 320 pixels: mean IoU 0.895 as it stands, 0.905 with its outline solved again, 0.927
# with its doubts.
DOUBT = (0.1, 0.9)
# A network with no subject before it still answers something. Below `FAINT`, the mean belief
# within its shape, that is nothing; below `SURE` something else must be in favour of a subject.
FAINT, SURE = 0.6, 0.95
# How far around a stroke the shape may change, as a share of the long side.
AROUND_STROKES = 0.08


def feed_of(photo: Rgb, side: int) -> Floats:
    """(1, 3, side, side) float32, about -2 to 3: the photo (H×W×3 uint8 sRGB) squeezed into a
    square, as networks that began with ImageNet want their pictures.
    """
    small = cv2.resize(photo, (side, side), interpolation=cv2.INTER_AREA)
    normal = (to_float32(small) / np.float32(255) - MEAN) / DEVIATION
    return np.ascontiguousarray(normal.transpose(2, 0, 1)[None])


def make_coarse_matte(
    photo: Rgb | Rgba,
    belief: Matte,
    *,
    strokes: Sequence[Stroke] = (),
    drawn: bool = False,
) -> dict[str, Any]:
    """{"alpha": h×w uint8, "confidence": 0–1, "empty": bool} as `matting.subject.find_subject`
    gives them, of a photo (H×W×3 or H×W×4 uint8 sRGB).

    `belief` (h×w float32) is the network's own 0–1 (a sigmoid, not stretched to the picture), of
    the whole photo squeezed into its shape; or, `drawn`, an alpha that follows the colours already.
    Strokes are hard seeds; the shape changes only near them.
    """
    given = own_alpha.of(photo)
    if given is not None:
        return answer(fit_long_side(given, WORKING), 1.0)
    rgb = Rgb(np.ascontiguousarray(drop_alpha(photo)))
    coarse = max(belief.shape) < COARSE and not drawn
    side = WORKING if max(belief.shape) < COARSE else min(FINE, max(rgb.shape))
    working = fit_long_side(rgb, side)
    likely = resized(belief, *working.shape[:2])
    painted = brush.draw(strokes, *working.shape[:2])
    asked = bool((painted == KEEP).any())
    if not (asked or drawn or evident(rgb, likely)):
        return answer(Alpha(np.zeros(working.shape[:2], np.uint8)), 0.0)
    shape = likely > 0.5
    unsure = near_strokes(painted)
    if coarse:
        unsure |= doubtful(likely, shape)
    if not unsure.any():
        return answer(matte_to_alpha(Matte(likely)), confidence(likely))
    solved = to_float32(mask(settled(working, likely, unsure, painted)))
    rounded = blurred(solved, ROUNDING * side / WORKING)
    kept = rounded if coarse else np.where(unsure, rounded, likely * 255)
    return answer(Alpha(to_uint8(np.round(kept))), confidence(likely))


def evident(rgb: Rgb, likely: Floats) -> bool:
    """Whether there is a subject: the network is sure, or the picture looks as if it had one."""
    inside = likely[likely > 0.5]
    if int(np.ptp(rgb)) < FLAT or not inside.size or float(inside.mean()) < FAINT:
        return False
    if float(inside.mean()) >= SURE:
        return True
    look = to_float32(fit_long_side(rgb, LOOK)) / np.float32(255)
    scene = fusion.scene(to_float32(cv2.cvtColor(look, cv2.COLOR_RGB2LAB)))
    return promising(fusion.subjectness(fusion.measured(scene)))


def doubtful(likely: Floats, shape: Mask) -> Mask:
    """Along the outline, and wherever the network could not say."""
    inner = to_uint8(cv2.erode(to_uint8(shape), make_disk(REACH), borderValue=1)) > 0
    outer = to_uint8(cv2.dilate(to_uint8(shape), make_disk(REACH))) > 0
    sure = (inner & (likely > DOUBT[1])) | (~outer & (likely < DOUBT[0]))
    return np.asarray(~sure)


def near_strokes(painted: NDArray[np.int8]) -> Mask:
    touched = to_uint8(painted != 0)
    if not touched.any():
        return np.zeros(painted.shape, np.bool_)
    reach = make_disk(max(1, round(AROUND_STROKES * max(painted.shape))))
    return np.asarray(cv2.dilate(touched, reach) > 0)


def settled(picture: Rgb, likely: Floats, unsure: Mask, painted: NDArray[np.int8]) -> Mask:
    """The shape, with what is unsure of it decided by the colours around."""
    seeds = np.where(likely > 0.5, cv2.GC_FGD, cv2.GC_BGD).astype(np.uint8)
    seeds[unsure] += 2  # from certainly to probably
    shape = likely > 0.5
    near = bands.find_bounding_box(shape | unsure | (painted == KEEP), 10 * REACH)
    seen = segmentation.seen_as(picture, VIVID)
    result = np.zeros_like(shape)
    result[near] = segmentation.cut(
        Rgb(np.ascontiguousarray(seen[near])), seeds[near], painted[near], rounds=1
    )
    result[painted == DROP] = False
    return segmentation.without_crumbs(result, painted)


def confidence(likely: Floats) -> float:
    """How much of the shape (h×w float32 0–1) the network is sure of, 0–1."""
    inside = likely[likely > 0.5]
    if not inside.size:
        return 0.0
    outside = float(likely[likely <= 0.5].sum()) / inside.size
    return float(inside.mean()) * max(0.0, 1 - outside)


def answer(alpha: Alpha, confidence: float) -> dict[str, Any]:
    return {"alpha": alpha, "confidence": confidence, "empty": not bool((alpha > 127).any())}
