"""What each of those who say where the subject is would have made of a photograph."""

import numpy as np

from tools.pipeline.matting import network, opinions, refine, subject
from tools.pipeline.matting.opinions import SIDE, Look
from tools.pipeline.pixels import Alpha, Rgb
from tools.pipeline.resize import shrink_to_pixels
from tools.pipeline.scoring.cutout import score_matte

# As in `ops`: the subject is looked for in a picture of so many pixels.
PIXELS = 2_000_000


def compared(photo: Rgb, truth: Alpha, look: Look) -> dict[str, float]:
    """IoU (0–1) of the matte of H×W×3 uint8 sRGB by the network's first look, by all its looks, by
    the classical search, by whom `opinions` trusts, and of the best of them; "looks" as
    `opinions.find_subject` says.

    `truth` (H×W uint8) is of the photo's size.
    """
    small = shrink_to_pixels(photo, pixels=PIXELS)
    first = look(small, SIDE)
    belief = opinions.together([first, *opinions.more_looks(small, look)])
    chosen = opinions.find_subject(small, look)
    answers = {
        "one look": network.make_coarse_matte(small, first),
        "all looks": network.make_coarse_matte(small, belief),
        "classical": subject.find_subject(small),
        "chosen": chosen,
    }
    found = {}
    for name, answer in answers.items():
        empty = Alpha(np.zeros(photo.shape[:2], np.uint8))
        alpha = empty if answer["empty"] else refine.refine_alpha(photo, answer["alpha"])
        found[name] = score_matte(alpha, truth).iou
    return found | {"oracle": max(found.values()), "looks": float(chosen["looks"])}
