"""Exposure, colour cast and local contrast, by one smooth map that follows edges."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.enhancing import colours, tiles, tone
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Picture, Rgb, decode_srgb, encode_srgb

_RADIUS = 1 / 16  # of the long side: what is lit together
_EPS = 0.01  # variance of luma from which an edge is one
_MOST = 5.0  # times brighter, at most
_DETAIL = 0.45  # by which full local contrast raises detail
_ENTRIES = 4096
_DARKEST = 3.5  # stops
# Of what is missing: a photo a little too dark or bright is often meant so.
_DARK, _BRIGHT, _MEANT = 0.85, 0.4, 0.2


def relight_photo(
    photo: Picture,
    *,
    strength: float = 1,
    white_balance: float = 0,
    local_contrast: float = 0,
    progress: Progress | None = None,
) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) lit better, each part by its strength 0–1; alpha is
    carried through. The map of light is a guided filter's, see `Relighter`.
    """

    def begin(rgb: Rgb) -> Relighter:
        return Relighter.of(rgb, strength, white_balance, local_contrast)

    return tiles.filter_photo(photo, begin, margin=0, progress=progress)


@dataclass(frozen=True, slots=True)
class Relighter:
    """Float (h, w, 3) in 0..255 to the same, pixel by pixel.

    `base` = slope * luma + offset is the guided filter's (He, Sun and Tang, PAMI 2013) at small
    size; stretched over the photo it keeps the photo's own edges. `shape` is the photo's.
    """

    slope: Floats
    offset: Floats
    shape: tuple[int, int]
    gains: tuple[float, float, float]
    gamma: float
    detail: float
    black: float
    white: float

    @classmethod
    def of(
        cls, rgb: Rgb, strength: float, white_balance: float, local_contrast: float
    ) -> "Relighter":
        found = tone.of(rgb)
        slope, offset = _guided(colours.brightness(tone.small(rgb)) / np.float32(255))
        gains = [part ** (-white_balance) for part in found.cast]
        return cls(
            slope,
            offset,
            (rgb.shape[0], rgb.shape[1]),
            (gains[0], gains[1], gains[2]),
            _gamma(found, strength),
            _DETAIL * local_contrast,
            strength * min(found.black, 0.08),
            1 - strength * min(1 - found.white, 0.12),
        )

    @property
    def needed(self) -> bool:
        return (
            self.gamma != 1
            or self.detail > 0
            or self.black > 0
            or self.white < 1
            or self.gains != (1, 1, 1)
        )

    def __call__(self, tile: Floats, window: tiles.Window) -> Floats:
        if not self.needed:
            return tile
        balanced = self._balanced(tile / np.float32(255))
        luma = colours.brightness(balanced)
        base = np.clip(
            self._there(self.slope, window) * luma + self._there(self.offset, window), 0.004, 1
        )
        wanted = base**self.gamma
        gain = np.minimum(wanted / base, _MOST)
        if self.detail:
            gain *= np.exp(self.detail * _soft(np.log(np.maximum(luma, 0.004) / base)))
        lit = _paler(balanced * gain[..., None], gain)
        lit = np.maximum((lit - self.black) / (self.white - self.black), 0)
        # Brighter than can be shown: the whole pixel steps back, so that its hue stays.
        lit /= np.maximum(lit.max(axis=2, keepdims=True), 1)
        return np.asarray(lit * np.float32(255), dtype=np.float32)

    def _balanced(self, encoded: Floats) -> Floats:
        """Gains in linear light."""
        if self.gains == (1, 1, 1):
            return encoded
        steps = np.linspace(0, 1, _ENTRIES)
        out = np.empty_like(encoded)
        index = np.clip(encoded * (_ENTRIES - 1) + 0.5, 0, _ENTRIES - 1).astype(np.int32)
        for channel, gain in enumerate(self.gains):
            table = encode_srgb(decode_srgb(steps) * gain)
            out[..., channel] = table[index[..., channel]]
        return out

    def _there(self, plane: Floats, window: tiles.Window) -> Floats:
        """The part of a small plane that lies under the window, stretched to its size."""
        rows, cols = window.outer
        scale_y, scale_x = plane.shape[0] / self.shape[0], plane.shape[1] / self.shape[1]
        y = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * scale_y - 0.5
        x = (np.arange(cols.start, cols.stop, dtype=np.float32) + 0.5) * scale_x - 0.5
        return _bilinear(plane, y, x)


def _paler(lit: Floats, gain: Floats) -> Floats:
    """Brightening encoded values saturates them; a quarter of the gain is taken back from colour."""
    luma = colours.brightness(lit)[..., None]
    return np.asarray(luma + (lit - luma) * np.minimum(1, gain**-0.25)[..., None])


def _gamma(found: tone.Tone, strength: float) -> float:
    """The power of encoded brightness that takes the photo's key most of the way to a good one."""
    exposure = max(found.exposure, -_DARKEST)  # night is night
    missing = exposure * (_DARK if exposure < 0 else _BRIGHT)
    if abs(missing) < _MEANT:
        return 1.0
    key = float(decode_srgb(np.array(tone.KEY)))
    now = float(encode_srgb(np.array(key * 2**exposure)))
    then = float(encode_srgb(np.array(key * 2 ** (exposure - strength * missing))))
    return float(np.log(min(then, 0.97)) / np.log(min(now, 0.97)))


def _guided(luma: Floats) -> tuple[Floats, Floats]:
    radius = max(1, round(_RADIUS * max(luma.shape)))
    mean = _box(luma, radius)
    variance = np.maximum(_box(luma * luma, radius) - mean * mean, np.float32(0))
    slope = np.asarray(variance / (variance + _EPS), np.float32)
    return _box(slope, radius), _box(mean - slope * mean, radius)


def _box(plane: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    return np.asarray(cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT))


def _soft(detail: Floats) -> Floats:
    """Small differences as they are, large ones (edges) hardly at all: no halo grows there."""
    return np.asarray(detail / (1 + np.square(detail / np.float32(0.35))))


def _bilinear(plane: Floats, y: Floats, x: Floats) -> Floats:
    """cv2.remap's own weights are rounded to 1/32 pixel, which shows as steps in flat skies."""
    y0 = np.clip(np.floor(y), 0, plane.shape[0] - 1).astype(int)
    x0 = np.clip(np.floor(x), 0, plane.shape[1] - 1).astype(int)
    y1, x1 = np.minimum(y0 + 1, plane.shape[0] - 1), np.minimum(x0 + 1, plane.shape[1] - 1)
    fy = np.clip(y - y0, 0, 1)[:, None]
    fx = np.clip(x - x0, 0, 1)[None]
    rows = plane[y0] * (1 - fy) + plane[y1] * fy
    return np.asarray(rows[:, x0] * (1 - fx) + rows[:, x1] * fx, dtype=np.float32)
