"""HDR pictures on an sRGB screen: PQ (SMPTE ST 2084) and HLG (BT.2100), white at 203 nits (BT.2408)."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.intake import cicp
from tools.pipeline.pixels import Rgb, Rgba

PQ, HLG = 16, 18
CURVES = frozenset({PQ, HLG})
# Diffuse white of HDR material, in nits, and the screen that HLG is graded on.
WHITE, HLG_PEAK, HLG_GAMMA = 203.0, 1000.0, 1.2
# Above this share of white, highlights are compressed where there are any above white.
KNEE = 0.8
# A few sparks are no highlights.
SPARKS = 99.9
BAND = 256
STEPS = 4096


def tone_map(coded: NDArray[Any], primaries: int, transfer: int) -> Rgb | Rgba:
    """H×W×3 or H×W×4 uint8 sRGB of H×W×3 or H×W×4 uint8 or uint16 numbers of that space; the alpha
    is not light and stays. White is 203 nits; what shines brighter keeps its hue.
    """
    top = int(np.iinfo(coded.dtype).max)
    light = _light(top, transfer)
    matrix = _to_srgb(primaries if primaries in cicp.WIDE else 0)
    peak = _peak(coded, light, transfer)
    out = np.empty(coded.shape, np.uint8)
    for start in range(0, coded.shape[0], BAND):
        rows = coded[start : start + BAND]
        linear = _shown(light[rows[..., :3]], transfer) @ matrix.T
        out[start : start + BAND, :, :3] = _encoded(_rolled_off(linear, peak))
        if coded.shape[2] == 4:
            out[start : start + BAND, :, 3] = np.rint(rows[..., 3] * (255 / top))
    return Rgba(out) if coded.shape[2] == 4 else Rgb(out)


@lru_cache(maxsize=4)
def _light(top: int, transfer: int) -> NDArray[np.float32]:
    """What each number means: for PQ light of the screen, for HLG light of the scene, in whites."""
    signal = np.arange(top + 1) / top
    if transfer == PQ:
        root = signal ** (1 / 78.84375)
        part = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
        return np.asarray(10_000 / WHITE * part ** (1 / 0.1593017578125), np.float32)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    return np.asarray(scene, np.float32)


def _shown(light: NDArray[np.float32], transfer: int) -> NDArray[np.float32]:
    """Light of the screen in whites; HLG's is made of the scene's by its luminance."""
    if transfer == PQ:
        return light
    luminance = light @ np.array([0.2627, 0.6780, 0.0593], np.float32)
    gain = HLG_PEAK / WHITE * np.maximum(luminance, 1e-6) ** (HLG_GAMMA - 1)
    return np.asarray(light * gain[..., None], np.float32)


def _peak(coded: NDArray[Any], light: NDArray[np.float32], transfer: int) -> float:
    """How many whites the brightest parts have; looked for in one pixel of sixteen."""
    some = _shown(light[coded[::4, ::4, :3]], transfer)
    return float(np.percentile(some.max(axis=2), SPARKS))


def _rolled_off(linear: NDArray[np.float32], peak: float) -> NDArray[np.float32]:
    """From the knee on up to the peak by a curve that leaves the knee straight and ends in white."""
    if peak <= 1.02:
        return linear
    most = linear.max(axis=2, keepdims=True)
    over = np.maximum(most - KNEE, 0)
    span, room = peak - KNEE, 1 - KNEE
    # x·s/(x + c), which is steep as the straight line at nought and `room` at `span`.
    bend = room * span / (span - room)
    mapped = KNEE + over * bend / (over + bend)
    return np.asarray(np.where(most > KNEE, linear * mapped / np.maximum(most, 1e-6), linear))


def _to_srgb(primaries: int) -> NDArray[np.float32]:
    corners = cicp.SRGB_CORNERS
    pairs = tuple(zip(*[iter(corners[2:])] * 2, strict=True))
    ours = cicp.matrix_to_d50(pairs, corners[:2])
    if not primaries:
        return np.eye(3, dtype=np.float32)
    return np.asarray(np.linalg.solve(ours, cicp.to_d50(primaries)), np.float32)


def _encoded(linear: NDArray[np.float32]) -> NDArray[np.uint8]:
    """sRGB's numbers, by a table whose steps are fine in the dark."""
    place = np.sqrt(np.clip(linear, 0, 1)) * (STEPS - 1) + 0.5
    return _table()[place.astype(np.uint16)]


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint8]:
    linear = (np.arange(STEPS) / (STEPS - 1)) ** 2
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(curved * 255), np.uint8)
