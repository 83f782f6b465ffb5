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
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from tools.pipeline.intake import cicp, colour, header, modes
from tools.pipeline.intake.errors import BombError, DamagedError, RefusedError, TruncatedError
from tools.pipeline.intake.layouts import exif, png
from tools.pipeline.intake.limits import DEFAULT, Limits
from tools.pipeline.intake.sniff import Format
from tools.pipeline.intake.window import Window
from tools.pipeline.pixels import Alpha, Octets, Picture, Rgb, Rgba

BAND = 256

# The classes themselves: `Image.open` would try other formats, and its own limits, on the bytes.
READERS: dict[Format, type[ImageFile.ImageFile]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "gif": GifImagePlugin.GifImageFile,
}


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


def decode_photo(source: bytes | str | PathLike[str], *, limits: Limits = DEFAULT) -> Decoded:
    """The picture in the file, H×W×3 or H×W×4 uint8 sRGB, the first frame of several. Raises a
    `RefusedError`, whatever the bytes are, and needs at most about 12 bytes for each pixel.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    found = header.read_header(io.BytesIO(data), limits=limits)
    if found.format == "jpeg" and data.count(b"\xff\xda") > limits.scans:
        raise BombError
    with _failures_told():
        picture, profile = _loaded(data, found.format, limits)
        mode, turn = picture.mode, _turn(picture, found)
        if sorted(picture.size) != sorted((found.width, found.height)):
            raise DamagedError  # the decoder saw another picture than the one that was admitted
        plain, mask = modes.eight_bit(picture)
        del picture
        had_alpha = mask is not None or plain.mode == "RGBA"
        if profile is None and found.colours is not None:
            profile = cicp.profile(*found.colours)
        plain, name = colour.convert_to_srgb(plain, profile)
        pixels = _upright(_array(plain, mask), turn)
    return Decoded(pixels, found.format, mode, name, had_alpha, turn)


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
            raise BombError from error
        except Exception as error:
            short = "truncated" in str(error).lower() or isinstance(error, EOFError)
            raise (TruncatedError if short else DamagedError) from error


def _loaded(data: bytes, found: Format, limits: Limits) -> tuple[Image.Image, bytes | None]:
    if found == "heic":
        return _heic(data)
    profile: Any = None
    if found == "png":
        window = Window(io.BytesIO(data), blocks=limits.blocks * 2)
        profile = png.read_icc_profile(window, limits)
        data = png.strip_png(data, window)
    picture = READERS[found](io.BytesIO(data))
    picture.load()
    if found != "png":
        profile = picture.info.get("icc_profile")
    return picture, profile if isinstance(profile, bytes) else None


def _heic(data: bytes) -> tuple[Image.Image, bytes | None]:
    import pillow_heif  # noqa: PLC0415  heavy, and most photos are not HEIC

    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    opened = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    chosen = opened[opened.primary_index]
    picture: Image.Image = chosen.to_pillow()
    profile = chosen.info.get("icc_profile")
    return picture, profile if isinstance(profile, bytes) else None


def _turn(picture: Image.Image, found: header.Header) -> int:
    """What is still to be turned. libheif has turned a HEIC already, and Pillow a TIFF; Pillow
    tells the turn of an AVIF in EXIF's words; for the others the file's own word stands.
    """
    if found.format in {"heic", "tiff"}:
        return 1
    if found.format == "avif":
        block = picture.info.get("exif")
        return exif.read_orientation(block) if isinstance(block, bytes) else 1
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
