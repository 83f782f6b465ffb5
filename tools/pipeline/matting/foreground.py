"""The subject's own colours where the photo shows a mixture of it and the old background."""

import cv2
import numpy as np

from tools.pipeline.matting import bands, own_alpha
from tools.pipeline.matting.planes import to_float32, to_uint8
from tools.pipeline.pixels import Alpha, Floats, Octets, Rgb, Rgba, drop_alpha

# The colours are solved up to this size; the last step puts the photo's detail back on top.
SOLVE_SIDE = 512
# Colours come from no further than this outside the box around all edges, in solved pixels.
MARGIN = 24


def estimate_foreground(photo: Rgb | Rgba, alpha: Alpha) -> Rgb:
    """Foreground colours, H×W×3 uint8 sRGB, of a photo (H×W×3 or H×W×4) and its alpha (H×W uint8);
    the photo's very pixels wherever alpha is 255 (or 0). A photo that came cut out has its own
    colours already, and to take the ground out of them twice would leave a halo.

    Multi-level estimation (Germer et al., "Fast Multi-Level Foreground Estimation", ICPR 2020)
    up to SOLVE_SIDE, then one step of the same equations per mixed pixel at full resolution.
    """
    result = Rgb(drop_alpha(photo).copy())
    mixed = (alpha > 0) & (alpha < 255)
    if own_alpha.of(photo) is not None or not mixed.any():
        return result
    height, width = alpha.shape
    scale = min(1.0, SOLVE_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = to_uint8(cv2.resize(photo, size, interpolation=cv2.INTER_AREA))[..., :3]
    coverage = to_uint8(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA))
    colours = np.dstack([_unit(small)] * 2)
    part = bands.find_bounding_box((coverage > 0) & (coverage < 255), MARGIN)
    if coverage[part].size:
        colours[part] = np.dstack(_levels(_unit(small[part]), _unit(coverage[part])))
    for rows in bands.split_rows(height, width):
        inside = mixed[rows]
        columns = bands.touched(inside)
        if columns.start == columns.stop:
            continue
        where = inside[:, columns]
        both = bands.lifted(colours[..., :3], (height, width), rows, columns)[where]
        behind = bands.lifted(colours[..., 3:], (height, width), rows, columns)[where]
        seen, share = _unit(photo[rows, columns, :3][where]), _unit(alpha[rows, columns][where])
        result[rows, columns][where] = _mended(seen, share[:, None], both, behind)
    return result


def _unit(values: Octets) -> Floats:
    return to_float32(values) / np.float32(255)


def _mended(seen: Floats, share: Floats, subject: Floats, background: Floats) -> Octets:
    """Move the smooth estimate so that it explains the pixel that was seen, (N, 3)."""
    error = seen - share * subject - (1 - share) * background
    weight = share / (share**2 + (1 - share) ** 2 + 0.02)
    exact = subject + weight * error
    return to_uint8(np.clip(np.round(exact * 255), 0, 255))


def _levels(photo: Floats, alpha: Floats) -> tuple[Floats, Floats]:
    height, width = alpha.shape
    steps = max(1, int(np.ceil(np.log2(max(height, width)))))
    subject = background = to_float32(photo.mean(axis=(0, 1), keepdims=True))
    for step in range(steps + 1):
        size = (
            max(1, round(width ** (step / steps))),
            max(1, round(height ** (step / steps))),
        )
        seen = to_float32(cv2.resize(photo, size, interpolation=cv2.INTER_AREA))
        share = to_float32(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA))
        subject = to_float32(cv2.resize(subject, size, interpolation=cv2.INTER_NEAREST))
        background = to_float32(cv2.resize(background, size, interpolation=cv2.INTER_NEAREST))
        rounds = 10 if max(size) <= 32 else 2
        for _ in range(rounds):
            subject, background = _relaxed(seen, share, subject, background)
    return subject, background


def _relaxed(
    photo: Floats, alpha: Floats, subject: Floats, background: Floats
) -> tuple[Floats, Floats]:
    """One Jacobi sweep of the 2 by 2 systems of every pixel."""
    framed = np.pad(alpha, 1, mode="edge")
    rows, columns = alpha.shape
    total = np.zeros_like(alpha)
    ahead, behind = np.zeros_like(subject), np.zeros_like(background)
    subjects = cv2.copyMakeBorder(subject, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    backgrounds = cv2.copyMakeBorder(background, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    for dy, dx in ((0, 1), (2, 1), (1, 0), (1, 2)):
        there = (slice(dy, dy + rows), slice(dx, dx + columns))
        weight = 5e-3 + 0.1 * np.abs(alpha - framed[there])
        total += weight
        ahead += weight[..., None] * subjects[there]
        behind += weight[..., None] * backgrounds[there]
    a11, a22 = alpha * alpha + total, (1 - alpha) ** 2 + total
    a12 = alpha * (1 - alpha)
    scale = 1 / (a11 * a22 - a12 * a12)
    one = alpha[..., None] * photo + ahead
    other = (1 - alpha)[..., None] * photo + behind
    solved = (
        (a22 * scale)[..., None] * one - (a12 * scale)[..., None] * other,
        (a11 * scale)[..., None] * other - (a12 * scale)[..., None] * one,
    )
    return np.clip(solved[0], 0, 1), np.clip(solved[1], 0, 1)
