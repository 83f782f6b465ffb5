"""What of a product decides where it looks good."""

from typing import Any

import cv2
import numpy as np

from tools.pipeline.compositing.silhouette import measure_silhouette
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba, decode_srgb, drop_alpha
from tools.pipeline.recommending.oklch import of_lab

LONGEST = 400
GROUPS = 5
ROUNDS = 8


def measure_product(photo: Rgb | Rgba, alpha: Alpha) -> dict[str, Any]:
    """Colours of the product of a photo (H×W×3 or H×W×4 uint8 sRGB; alpha H×W uint8) in OKLCH by
    share, and what else can be measured, as JSON values.

    `brightness` and `contrast` are the mean and spread of lightness, `gloss` 0–1 a guess from
    small bright colourless highlights, `busy` 0–1 how much happens on the product, `aspect` is
    width over height, `cut` the photo's edges that cross it. Raises NothingToPlaceError.
    """
    shape = measure_silhouette(alpha)
    part = (slice(shape.top, shape.bottom), slice(shape.left, shape.right))
    scale = min(1.0, LONGEST / max(shape.width, shape.height))
    size = (max(round(shape.width * scale), 1), max(round(shape.height * scale), 1))
    small = cv2.resize(drop_alpha(photo)[part], size, interpolation=cv2.INTER_AREA)
    core = cv2.resize(alpha[part], size, interpolation=cv2.INTER_AREA) > 230
    if not core.any():
        core = np.ones(core.shape, bool)
    lab = oklab(Rgb(np.asarray(small, np.uint8)))
    points = lab[core]
    light = lab[..., 0]
    return {
        "colours": groups(points),
        "brightness": float(points[:, 0].mean()),
        "contrast": float(points[:, 0].std()),
        "chroma": float(np.hypot(points[:, 1], points[:, 2]).mean()),
        "gloss": gloss(lab, core),
        "busy": busy(light, core),
        "aspect": shape.width / shape.height,
        "cut": list(shape.cut),
        "share": float((alpha > 127).mean()),
    }


def oklab(picture: Rgb) -> Floats:
    """H×W×3 float32 OKLab of H×W×3 uint8 sRGB: lightness 0–1, a and b about -0.4 to 0.4. By
    Ottosson.
    """
    cones = decode_srgb(picture.astype(np.float32) / np.float32(255)) @ np.array(
        [
            [0.4122214708, 0.2119034982, 0.0883024619],
            [0.5363325363, 0.6806995451, 0.2817188376],
            [0.0514459929, 0.1073969566, 0.6299787005],
        ],
        np.float32,
    )
    return np.asarray(
        np.cbrt(cones)
        @ np.array(
            [
                [0.2104542553, 1.9779984951, 0.0259040371],
                [0.7936177850, -2.4285922050, 0.7827717662],
                [-0.0040720468, 0.4505937099, -0.8086757660],
            ],
            np.float32,
        ),
        np.float32,
    )


def groups(points: Floats) -> list[dict[str, float]]:
    """Lloyd's method from the farthest points, so that it needs no chance: largest share first."""
    some = points[:: max(len(points) // 4000, 1)]
    centres = [some.mean(0)]
    while len(centres) < GROUPS:
        gaps = np.min([((some - centre) ** 2).sum(1) for centre in centres], axis=0)
        centres.append(some[int(gaps.argmax())])
    middle = np.stack(centres)
    for _ in range(ROUNDS):
        nearest = ((some[:, None] - middle[None]) ** 2).sum(2).argmin(1)
        for number in range(GROUPS):
            if (nearest == number).any():
                middle[number] = some[nearest == number].mean(0)
    shares = np.bincount(nearest, minlength=GROUPS) / len(some)
    found = []
    for number in np.argsort(-shares):
        if shares[number] >= 0.03:
            lightness, chroma, hue = of_lab(*(float(v) for v in middle[number]))
            found.append({"l": lightness, "c": chroma, "h": hue, "share": float(shares[number])})
    return found


def gloss(lab: Floats, core: np.ndarray) -> float:
    light = np.asarray(lab[..., 0], np.float32)
    wide = max(light.shape) // 12 * 2 + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide))
    above = cv2.morphologyEx(light, cv2.MORPH_TOPHAT, brush)
    pale = np.hypot(lab[..., 1], lab[..., 2]) < 0.06
    inner = cv2.erode(core.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    spots = (above > 0.16) & (light > 0.78) & pale & inner
    share = spots.sum() / max(inner.sum(), 1)
    # Print and pattern are bright too, but cover more than highlights do.
    return float(np.clip(share / 0.012, 0, 1) * np.clip((0.16 - share) / 0.08, 0, 1))


def busy(light: Floats, core: np.ndarray) -> float:
    smooth = cv2.GaussianBlur(np.asarray(light, np.float32), (0, 0), 2)
    down, across = np.gradient(smooth)
    inner = cv2.erode(core.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    slope = np.hypot(down, across)[inner]
    return float(np.clip(slope.mean() / 0.02, 0, 1)) if slope.size else 0.0
