"""Known values spread smoothly into where there are none."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats, Mask

_COARSEST = 2


def interpolate_membrane(values: Floats, known: Mask) -> Floats:
    """`values` (H, W, C) float32 of any range where `known` (H×W bool), elsewhere continued without
    a step or an extreme of its own.

    Pull and push (Gortler et al., "The lumigraph", SIGGRAPH 1996): averaged down until everything
    is known, then filled up again from coarse to fine; a few rounds of relaxation take away what
    shows of the halvings.
    """
    weight = known.astype(np.float32)
    filled = _filled(np.where(known[..., None], values, 0).astype(np.float32), weight)
    return np.where(known[..., None], values, filled).astype(np.float32)


def _filled(values: Floats, weight: Floats) -> Floats:
    """`values` are zero where `weight` is."""
    height, width = weight.shape
    if weight.min() > 0:
        return values
    if min(height, width) <= _COARSEST:
        total = max(float(weight.sum()), 1e-6)
        mean = (values * weight[..., None]).sum(axis=(0, 1)) / total
        return np.where((weight > 0)[..., None], values, mean).astype(np.float32)
    size = (width + 1) // 2, (height + 1) // 2
    share = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    summed = cv2.resize(values * weight[..., None], size, interpolation=cv2.INTER_AREA)
    less = summed.reshape(*share.shape, -1) / np.maximum(share, 1e-6)[..., None]
    coarse = _filled(less.astype(np.float32), (share > 0).astype(np.float32))
    up = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    out = np.where((weight > 0)[..., None], values, up.reshape(values.shape)).astype(np.float32)
    return _relaxed(out, weight > 0)


def _relaxed(values: Floats, known: Mask) -> Floats:
    for _ in range(4):
        around = cv2.blur(values, (3, 3), borderType=cv2.BORDER_REFLECT).reshape(values.shape)
        values = np.where(known[..., None], values, around)
    return values
