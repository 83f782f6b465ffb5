"""From a file to upright sRGB pixels. For workers: this is where decoders meet strangers' bytes."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.pipeline.intake import cicp, colour, hdr, header, modes, readers
from tools.pipeline.intake.errors import (
    DamagedError,
    RefusedError,
    TooHeavyError,
    TruncatedError,
)
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.limits import DEFAULT, Limits
from tools.pipeline.intake.sniff import Format
from tools.pipeline.pixels import Alpha, Octets, Picture, Rgb, Rgba

BAND = 256


@dataclass(frozen=True, slots=True)
class Decoded:
    """`pixels` is H×W×3, or H×W×4 where any pixel is less than opaque; uint8 sRGB, upright, and
    without any metadata. `mode` is the decoder's name for what stood in the file, `profile` the
    name of the colour profile that was followed, if any.
    """

    pixels: Rgb | Rgba
    format: Format
    mode: str
    profile: str | None
    had_alpha: bool
    orientation: int
    # Dots to the inch, where the file says so: how large it is meant to be printed.
    dpi: float | None = None


def decode_photo(source: bytes | str | PathLike[str], *, limits: Limits = DEFAULT) -> Decoded:
    """The picture in the file, H×W×3 or H×W×4 uint8 sRGB, the first frame of several. Raises a
    `RefusedError`, whatever the bytes are, and needs at most about 12 bytes for each pixel.

    In this very process: where strangers' files meet keys, see `decode_apart`.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    found = header.read_header(io.BytesIO(data), limits=limits)
    with _failures_told():
        loaded = readers.load_picture(data, found, limits)
        mode, turn = loaded.mode, _turn(loaded, found)
        had_alpha, pixels, name = _developed(loaded, found)
    return Decoded(_upright(pixels, turn), found.format, mode, name, had_alpha, turn, loaded.dpi)


def _developed(loaded: readers.Loaded, found: header.Header) -> tuple[bool, Rgb | Rgba, str | None]:
    """Whether there was transparency, the pixels in sRGB, and the name of the profile followed."""
    if found.colours and found.colours[1] in hdr.CURVES:
        coded: NDArray[Any] | None = loaded.deep
        if coded is None:
            plain, mask = modes.eight_bit(loaded.take())
            coded = _array(colour.as_it_is(plain), mask)
        pixels = hdr.tone_map(coded, *found.colours)
        return coded.shape[2] == 4, pixels, f"H.273 {found.colours[0]}/{found.colours[1]}"
    plain, mask = modes.eight_bit(loaded.take())
    had_alpha = mask is not None or plain.mode == "RGBA"
    profile = loaded.profile
    if profile is None and found.colours is not None:
        profile = cicp.profile(*found.colours)
    plain, name = colour.convert_to_srgb(plain, profile)
    return had_alpha, _array(plain, mask), name


@contextmanager
def _failures_told() -> Iterator[None]:
    """Whatever a decoder raises becomes one of ours; its warnings are of no use to anyone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except RefusedError:
            raise
        except MemoryError as error:
            raise TooHeavyError from error
        except Exception as error:
            # Decoders raise whatever they like for a broken file.
            short = "truncated" in str(error).lower() or isinstance(error, EOFError)
            raise (TruncatedError if short else DamagedError) from error


def _turn(loaded: readers.Loaded, found: header.Header) -> int:
    """What is still to be turned. libheif has turned a HEIC already, and Pillow a TIFF; Pillow
    tells the turn of an AVIF in EXIF's words; for the others the file's own word stands.
    """
    if found.format in {"heic", "tiff"}:
        return 1
    if found.format == "avif":
        return exif.read_orientation(loaded.exif) if loaded.exif else 1
    return found.orientation


def _array(picture: Image.Image, mask: Alpha | None) -> Rgb | Rgba:
    """In bands, for Pillow's own way to an array holds the picture three times."""
    wide, high = picture.size
    alpha = mask is not None or (picture.mode == "RGBA" and _shows_through(picture))
    pixels = np.empty((high, wide, 4 if alpha else 3), np.uint8)
    for start in range(0, high, BAND):
        rows = np.asarray(picture.crop((0, start, wide, min(start + BAND, high))))
        if rows.ndim == 2:
            rows = rows[..., None]
        target = pixels[start : start + BAND]
        if mask is not None:
            target[..., :3] = rows[..., :3]
            target[..., 3] = mask[start : start + BAND]
        else:
            target[...] = rows[..., : target.shape[2]]
    if mask is not None and mask.min() == 255:
        return Rgb(np.ascontiguousarray(pixels[..., :3]))
    return Rgba(pixels) if alpha else Rgb(pixels)


def _shows_through(picture: Image.Image) -> bool:
    lowest, _ = picture.getchannel("A").getextrema()
    return bool(lowest != 255)


def _upright(pixels: Picture, orientation: int) -> Picture:
    """EXIF's eight orientations, by where the first row and the first column stand."""
    turned: Octets = pixels
    if orientation >= 5:
        turned = turned.swapaxes(0, 1)
    if orientation in {3, 4, 7, 8}:
        turned = turned[::-1]
    if orientation in {2, 3, 6, 7}:
        turned = turned[:, ::-1]
    return cast("Picture", np.ascontiguousarray(turned))
