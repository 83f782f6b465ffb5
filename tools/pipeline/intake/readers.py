"""The decoders themselves, each given what was admitted of a file and nothing else of it."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
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

from tools.pipeline.intake import cicp, hdr, header
from tools.pipeline.intake.errors import DamagedError, TruncatedError
from tools.pipeline.intake.layouts import jpeg, png
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.sniff import Format
from tools.pipeline.intake.window import Window

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
END_MARKER = b"\xff\xd9"
# Where data is missing, JPEG's decoder paints the middle of its range.
GREY = 128
BAND = 256
LEAST_DPI, MOST_DPI = 10.0, 10_000.0


@dataclass
class Loaded:
    """`deep` are H×W×3 or H×W×4 uint16 numbers in place of a picture, for HDR."""

    picture: Image.Image | None
    mode: str
    profile: bytes | None = None
    exif: bytes | None = None
    dpi: float | None = None
    deep: NDArray[np.uint16] | None = None

    def take(self) -> Image.Image:
        """The picture, held here no more: so that only one of its stages is in memory."""
        taken, self.picture = self.picture, None
        if taken is None:
            raise DamagedError
        return taken


def load_picture(data: bytes, found: header.Header, limits: Limits) -> Loaded:
    """The decoded picture in the file's own colours, not yet turned. Raises DamagedError where the
    decoder sees another size than was admitted: before it unfolds anything.
    """
    match found.format:
        case "heic":
            return _heic(data, found)
        case "png":
            return _png(data, found, limits)
        case "jpeg":
            return _jpeg(data, found, limits)
        case "avif":
            return _told(_opened(_without_window(data, found), found))
        case _:
            return _told(_opened(data, found))


def _without_window(data: bytes, found: header.Header) -> bytes:
    """The file with no link to its window: the decoder refuses some that browsers pass over, and
    cuts none of them out.
    """
    for start, length in found.unlink:
        data = data[:start] + bytes(length) + data[start + length :]
    return data


def _opened(data: bytes, found: header.Header) -> Image.Image:
    picture = READERS[found.format](io.BytesIO(data))
    _compare(picture.size, found)
    picture.load()
    _compare(picture.size, found)
    if found.crop:
        left, top, width, height = found.crop
        info = picture.info
        cut = picture.crop((left, top, left + width, top + height))
        cut.info = info
        return cut
    return picture


def _compare(size: tuple[int, int], found: header.Header) -> None:
    """A TIFF is turned while it is loaded, so its sides may change places."""
    if sorted(size) != sorted(found.coded):
        raise DamagedError


def _told(picture: Image.Image) -> Loaded:
    profile, block = picture.info.get("icc_profile"), picture.info.get("exif")
    return Loaded(
        picture,
        picture.mode,
        profile=profile if isinstance(profile, bytes) else None,
        exif=block if isinstance(block, bytes) else None,
        dpi=_dpi(picture.info.get("dpi")),
    )


def _dpi(said: Any) -> float | None:
    """Dots to the inch in width; None for what is no such thing, as 1 and 72 where nobody chose."""
    value = said[0] if isinstance(said, tuple) and said else said
    try:
        dots = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return dots if LEAST_DPI <= dots <= MOST_DPI else None


def _png(data: bytes, found: header.Header, limits: Limits) -> Loaded:
    window = Window(io.BytesIO(data), blocks=limits.blocks * 3)
    colours = png.read_colours(window, limits)
    stripped = png.strip_png(data, window)
    picture = _opened(stripped, found)
    depth, kind = stripped[24], stripped[25]
    key = picture.info.get("transparency")
    if kind == 0 and depth < 8 and isinstance(key, int):
        # Pillow spreads the greys over a byte, and not the one that is clear.
        picture = picture.convert("L") if picture.mode == "1" else picture
        picture.info["transparency"] = key if depth == 1 else key * 255 // (2**depth - 1)
    profile = colours.profile
    if profile is None:
        profile = cicp.profile_by_exponent(colours.exponent, colours.corners)
    return Loaded(picture, picture.mode, profile=profile, dpi=_dpi(colours.dpi))


def _jpeg(data: bytes, found: header.Header, limits: Limits) -> Loaded:
    body = jpeg.find_end(data, found.width * found.height, limits)
    scanned = data[: body.end].removesuffix(END_MARKER) if body.has_end else data.rstrip(b"\0")
    picture = _opened(scanned + END_MARKER, found)
    if not body.has_end or _ends_in_grey(picture):
        # What stands behind a whole picture changes nothing in it; behind one that ends early it is
        # taken for the missing part. The first is let go, so that only one is in memory.
        seen = _sum(picture)
        del picture
        picture = _opened(scanned + b"\x5a\xa5" * 512 + END_MARKER, found)
        if _sum(picture) != seen:
            raise TruncatedError
    return _told(picture)


def _ends_in_grey(picture: Image.Image) -> bool:
    wide, high = picture.size
    corner = picture.crop((max(0, wide - 8), high - 1, wide, high))
    return corner.getextrema() in {(GREY, GREY), ((GREY, GREY),) * len(corner.getbands())}


def _sum(picture: Image.Image) -> bytes:
    found = hashlib.sha256()
    wide, high = picture.size
    for start in range(0, high, BAND):
        found.update(picture.crop((0, start, wide, min(start + BAND, high))).tobytes())
    return found.digest()


def _heic(data: bytes, found: header.Header) -> Loaded:
    import pillow_heif  # noqa: PLC0415  heavy, and most photos are not HEIC

    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.options.DECODE_THREADS = 1
    is_hdr = found.colours is not None and found.colours[1] in hdr.CURVES
    opened = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=not is_hdr)
    chosen = opened[opened.primary_index]
    if sorted(chosen.size) != sorted((found.width, found.height)):
        raise DamagedError
    profile = chosen.info.get("icc_profile")
    profile = profile if isinstance(profile, bytes) else None
    if is_hdr and chosen.mode.endswith(";16"):
        deep = np.asarray(chosen)
        if sorted(deep.shape[:2]) != sorted((found.width, found.height)) or deep.ndim != 3:
            raise DamagedError
        return Loaded(None, chosen.mode, profile=profile, deep=cast("NDArray[np.uint16]", deep))
    return Loaded(chosen.to_pillow(), chosen.mode, profile=profile)
