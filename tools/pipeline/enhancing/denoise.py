"""Noise taken out as far as it was measured, coarse grain as well as fine."""

import cv2
import numpy as np

from tools.pipeline.enhancing import blocks, clipping, colours, groups, noise, tiles
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Picture, Rgb

MARGIN = 128  # three levels of blocks of 8, two steps each, and like blocks around
# Sigma from which like blocks gain 0.2 dB and more, for another second or two per megapixel.
_GROUPED = 8.0
_COLOUR_GROUPED = 12.0
_LARGER_GROUPS = 18.0  # where twice as many like blocks gain 0.1 dB
_AGAIN = 35.0  # where a second round, guided by the first, gains another 0.05 dB
_LEAST = 0.3


def denoise_photo(
    photo: Picture,
    *,
    strength: float = 1,
    sigma: float | None = None,
    progress: Progress | None = None,
) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) without its noise; alpha is carried through.

    `sigma` in levels 0–255 is measured when not given; `strength` 0–1 mixes with the photo. The
    methods are those of `blocks`, `groups` and `noise`.
    """
    if strength <= 0:
        return photo

    def begin(rgb: Rgb) -> Denoiser:
        return Denoiser.of(rgb, strength=strength, sigma=sigma)

    return tiles.filter_photo(photo, begin, margin=MARGIN, progress=progress)


class Denoiser:
    """Measured on the whole photo once, then applied to any tile of it."""

    def __init__(self, spectra: list[Floats], clipped: clipping.Clipping, strength: float) -> None:
        self._spectra = spectra
        self._clipped = clipped
        self._strength = np.float32(strength)
        sigma = noise.strength(spectra[0])
        self._rounds = 2 if sigma >= _AGAIN else 1
        self._like = 16 if sigma >= _LARGER_GROUPS else 8
        self._grouped = 3 if sigma >= _COLOUR_GROUPED else 1 if sigma >= _GROUPED else 0

    @classmethod
    def of(cls, rgb: Rgb, *, strength: float, sigma: float | None = None) -> "Denoiser":
        spectra = noise.spectra(rgb) if sigma is None else noise.white(sigma)
        return cls(spectra, clipping.found(rgb, noise.strength(spectra[0])), strength)

    @property
    def needed(self) -> bool:
        return bool(self._strength > 0 and noise.strength(self._spectra[0]) >= _LEAST)

    def __call__(self, tile: Floats, _: tiles.Window) -> Floats:
        """Float (h, w, 3) in 0..255 to the same, not clipped."""
        if not self.needed:
            return tile
        planes = colours.opponent(tile)
        height, width = planes.shape[1:]
        across = [-side % (1 << noise.LEVELS) for side in (height, width)]
        planes = np.pad(planes, ((0, 0), (0, across[0]), (0, across[1])), mode="symmetric")
        smooth = _levels(planes, self._spectra)
        some = slice(0, self._grouped)
        for _round in range(self._rounds if self._grouped else 0):
            smooth[some] = groups.wiener(
                planes[some], smooth[some], self._spectra[0][some], like=self._like
            )
        clean = clipping.undo(colours.from_opponent(smooth[:, :height, :width]), self._clipped)
        return tile + self._strength * (clean - tile)


def _levels(planes: Floats, spectra: list[Floats]) -> Floats:
    """Fine and coarse together: the low frequencies of each level are taken from the next.

    Facciolo, Pierazzo, Morel, "Conservative scale recomposition for multiscale denoising",
    SIAM Imaging Sciences 2017, with one Gaussian for the recomposition.
    """
    smooth = _once(planes, spectra[0])
    if len(spectra) == 1 or min(planes.shape[1:]) < 8 * blocks.N:
        return smooth
    coarse = _levels(_halved(planes), spectra[1:])
    out = np.empty_like(smooth)
    for plane, low, kept in zip(_halved(smooth), coarse, range(3), strict=True):
        change = cv2.GaussianBlur(low - plane, (0, 0), 1.0)
        size = planes.shape[2], planes.shape[1]
        out[kept] = smooth[kept] + cv2.resize(change, size, interpolation=cv2.INTER_CUBIC)
    return out


def _once(planes: Floats, sigma: Floats) -> Floats:
    guide = blocks.shrink(planes, sigma)
    return blocks.shrink(planes, sigma, guide=guide)


def _halved(planes: Floats) -> Floats:
    count, height, width = planes.shape
    quads = planes.reshape(count, height // 2, 2, width // 2, 2)
    return np.asarray(quads.mean(axis=(2, 4)))
