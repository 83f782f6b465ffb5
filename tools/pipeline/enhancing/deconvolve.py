"""Blur taken back, as far as noise allows and without halos."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.enhancing import blur, colours, noise, tiles
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Picture, Rgb

MARGIN = 64
_ROUNDS = 12
_SHARP = 0.55  # pixels: what a good lens and sensor leave, and nobody calls blur
_WIDEST = 4.0
_SLACK = 0.08  # of the local range by which a pixel may leave it: crisp, and no halo


def deblur_photo(
    photo: Picture,
    *,
    strength: float = 1,
    radius: float | None = None,
    progress: Progress | None = None,
) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) sharpened by undoing its blur; alpha is carried
    through.

    `strength` is 0–1. `radius` is the blur's Gaussian sigma as a share of the long side, measured
    when not given. The method is Richardson's and Lucy's, see `Deconvolver`.
    """

    def begin(rgb: Rgb) -> Deconvolver:
        sigma = noise.strength(noise.spectra(rgb)[0])
        pixels = blur.radius(rgb, sigma=sigma) if radius is None else radius * max(rgb.shape[:2])
        return Deconvolver(pixels, sigma, strength)

    return tiles.filter_photo(photo, begin, margin=MARGIN, progress=progress)


@dataclass(frozen=True, slots=True)
class Deconvolver:
    """Float (h, w, 3) in 0..255 to the same. Radius in pixels, noise sigma in levels."""

    radius: float
    sigma: float
    strength: float

    @property
    def needed(self) -> bool:
        return self.strength > 0 and self.radius > _SHARP

    def __call__(self, tile: Floats, _: tiles.Window) -> Floats:
        """Richardson and Lucy on brightness (JOSA 1972, AJ 1974), damped where it would follow
        noise, each pixel held near the range of its surroundings.
        """
        if not self.needed:
            return tile
        seen = colours.brightness(tile) + 1
        least, greatest = self._range(seen)
        sharp = seen.copy()
        for _round in range(_ROUNDS):
            expected = self._blurred(sharp)
            ratio = 1 + self._trusted(seen - expected) / np.maximum(expected, np.float32(1))
            sharp *= self._blurred(np.asarray(ratio, np.float32))
            np.clip(sharp, least, greatest, out=sharp)
        return tile + (self.strength * (sharp - seen))[..., None]

    def _trusted(self, missing: Floats) -> Floats:
        """Differences well under the noise do not count."""
        bound = np.float32(max(self.sigma, 0.5) ** 2)
        square = missing * missing
        return missing * (square / (square + bound))

    def _range(self, seen: Floats) -> tuple[Floats, Floats]:
        side = 2 * round(max(1.0, 1.5 * self.radius)) + 1
        around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        least, greatest = cv2.erode(seen, around), cv2.dilate(seen, around)
        slack = _SLACK * (greatest - least)
        return least - slack, greatest + slack

    def _blurred(self, plane: Floats) -> Floats:
        sigma = min(self.radius, _WIDEST)
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))
