"""From pixels to files: sRGB said in each, and no other metadata in any."""

import io
import struct
import zlib
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageCms

from tools.pipeline.errors import PipelineError
from tools.pipeline.pixels import Alpha, Mask, Rgb, Rgba, is_rgb
from tools.pipeline.white_jpeg.whites import find_paper
from tools.pipeline.white_jpeg.writer import write_white_jpeg

BAND = 256
WHITE = "#ffffff"
PNG_HEADER = 8 + 12 + 13  # the signature and the chunk IHDR
INCH = 0.0254
JFIF = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1"
WEBP_SIDE, JPEG_SIDE = 16_383, 65_500
# From here on colour is kept at full resolution: small coloured print on labels depends on it.
FULL_COLOUR_QUALITY = 88
# Each megapixel of white paper takes a quarter of a second.
MOST_WHITE = 16_000_000


class TooLongError(PipelineError):
    """The format cannot hold a side of that many pixels; PNG can."""

    id = "too-long-for-format"
    visitors = True
    again = False


def encode_png(pixels: Rgb | Rgba, *, level: int = 1) -> bytes:
    """A PNG of H×W×3 or H×W×4 uint8 sRGB, lossless. Level 1 is for storing, 6 and more for what is
    downloaded. Raises TooLongError.
    """
    order = cv2.COLOR_RGBA2BGRA if pixels.shape[2] == 4 else cv2.COLOR_RGB2BGR
    # The filter "up" packs photographs best of all single ones, and in half the usual time.
    options = [
        cv2.IMWRITE_PNG_COMPRESSION,
        level,
        cv2.IMWRITE_PNG_FILTER,
        cv2.IMWRITE_PNG_FILTER_UP,
    ]
    kept, data = cv2.imencode(".png", cv2.cvtColor(pixels, order), options)
    if not kept:
        raise TooLongError
    whole = data.tobytes()
    # The chunk sRGB, with the perceptual intent (0).
    return whole[:PNG_HEADER] + _chunk(b"sRGB", b"\0") + whole[PNG_HEADER:]


def say_dpi(data: bytes, dpi: float | None) -> bytes:
    """A PNG or JPEG of ours that says how many dots to the inch it is meant to have; a WebP, which
    has no place for that, and where nothing is to be said the very same file. No pixel is touched.
    """
    if not dpi:
        return data
    if data.startswith(b"\x89PNG"):
        dots = round(dpi / INCH)
        said = _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))
        return data[:PNG_HEADER] + said + data[PNG_HEADER:]
    if data.startswith(b"\xff\xd8"):
        # JFIF's own segment, in place of one that is there or first of all.
        rest = data[20:] if data[6:11] == b"JFIF\0" else data[2:]
        dots = round(dpi)
        return JFIF + struct.pack(">BHHBB", 1, dots, dots, 0, 0) + rest
    return data


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def decode_png(data: bytes) -> Rgb | Rgba:
    """The H×W×3 or H×W×4 uint8 sRGB of a PNG that `encode_png` wrote. Raises ValueError.

    Not for strangers' files: those are for `intake`.
    """
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("not a PNG of ours")
    if pixels.shape[2] == 4:
        return Rgba(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA), np.uint8))
    return Rgb(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8))


def decode_file(data: bytes) -> Rgb:
    """The pixels that anybody sees of a file of ours, H×W×3 uint8 sRGB; on white where it is clear."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        pixels = np.asarray(shown, np.uint8)
        kind = Rgba if shown.mode == "RGBA" else Rgb
        return flatten_alpha(kind(pixels), (255, 255, 255))


def name_format(data: bytes) -> str:
    """What a file of ours is, by its own bytes: "jpeg", "png", "webp"."""
    with Image.open(io.BytesIO(data)) as picture:
        return str(picture.format).lower()


def read_file_size(data: bytes) -> tuple[int, int]:
    """Width and height of a file of ours, by its own bytes."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


def encode_webp(pixels: Rgb | Rgba, *, quality: int = 90, effort: int = 3) -> bytes:
    """A WebP of H×W×3 or H×W×4 uint8 sRGB. Raises TooLongError.

    At quality (0–100) 100 without loss, the colours under full transparency included. An effort of
    2 takes a third of the time and as many bytes: for what somebody waits for.
    """
    _fits(pixels, WEBP_SIDE)
    return _saved(
        pixels,
        "WEBP",
        quality=quality,
        lossless=quality == 100,
        exact=quality == 100,
        method=effort,
    )


def fit_webp(pixels: Rgb | Rgba) -> Rgb | Rgba:
    """The picture (H×W×3 or H×W×4 uint8 sRGB), no longer than a WebP can be."""
    return shrink_preview(pixels, long_side=WEBP_SIDE)


def encode_jpeg(
    pixels: Rgb | Rgba,
    *,
    colour: tuple[int, int, int] = (255, 255, 255),
    quality: int = 92,
) -> bytes:
    """A JPEG of H×W×3 or H×W×4 uint8 sRGB; what shows through stands on `colour` (three of 0–255).
    Raises TooLongError.
    """
    _fits(pixels, JPEG_SIDE)
    sampling = "4:4:4" if quality >= FULL_COLOUR_QUALITY else "4:2:0"
    return _saved(flatten_alpha(pixels, colour), "JPEG", quality=quality, subsampling=sampling)


def encode_grey_png(grey: Alpha) -> bytes:
    """A PNG of one grey channel, H×W uint8, and nothing beside it."""
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(grey)).save(out, "PNG", compress_level=4)
    return out.getvalue()


def encode_grey_jpeg(grey: Alpha, *, quality: int = 92) -> bytes:
    """A JPEG of one grey channel, H×W uint8. Raises TooLongError."""
    if max(grey.shape) > JPEG_SIDE:
        raise TooLongError
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(grey)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def encode_white_jpeg(pixels: Rgb, *, beyond: Mask | None = None, quality: int = 92) -> bytes:
    """A JPEG of H×W×3 uint8 sRGB in which what is pure white `beyond` the product (H×W; each white
    area where that is not known) is so to its last pixel, whatever rings beside it; as `encode_jpeg`
    where there is none, or where it is too large to wait for. Raises TooLongError.
    """
    paper = find_paper(pixels, beyond)
    if pixels.shape[0] * pixels.shape[1] > MOST_WHITE or not paper.any():
        return encode_jpeg(pixels, quality=quality)
    _fits(pixels, JPEG_SIDE)
    return write_white_jpeg(pixels, paper, quality=quality, profile=srgb_profile())


def encode_avif(pixels: Rgb | Rgba, *, quality: int = 85) -> bytes:
    """An AVIF of H×W×3 or H×W×4 uint8 sRGB, at quality 0–100. Raises TooLongError."""
    _fits(pixels, JPEG_SIDE)
    return _saved(pixels, "AVIF", quality=quality, speed=6)


def encode_tiff(pixels: Rgb | Rgba) -> bytes:
    """A TIFF of H×W×3 or H×W×4 uint8 sRGB, packed without loss."""
    return _saved(pixels, "TIFF", compression="tiff_adobe_deflate")


def flatten_alpha(pixels: Rgb | Rgba, colour: tuple[int, int, int]) -> Rgb:
    """H×W×3 uint8 sRGB: the picture on a plain colour (three of 0–255), mixed as browsers mix (in
    sRGB's own numbers). What is opaque stays what it is, to the bit.
    """
    if is_rgb(pixels):
        return pixels
    flat = np.empty((*pixels.shape[:2], 3), np.uint8)
    ground = np.array(colour, np.uint32)
    for start in range(0, pixels.shape[0], BAND):
        rows = pixels[start : start + BAND].astype(np.uint32)
        alpha = rows[..., 3:]
        flat[start : start + BAND] = (rows[..., :3] * alpha + ground * (255 - alpha) + 127) // 255
    return Rgb(flat)


def shrink_preview(pixels: Rgb | Rgba, *, long_side: int) -> Rgb | Rgba:
    """The picture (H×W×3 or H×W×4 uint8 sRGB) at no more than `long_side` pixels; a smaller one
    stays as it is. Colours count by how much they cover, so that none bleed in from under full
    transparency.
    """
    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    if is_rgb(pixels):
        return Rgb(np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8))
    # Pillow multiplies the alpha in before it averages, and takes it out again.
    return Rgba(np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX)))


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The ICC profile of sRGB, without the hour at which it was made: equal pixels are to give
    equal files.
    """
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    made[84:100] = bytes(16)  # the profile's own checksum, which may be left out
    return bytes(made)


def _saved(pixels: Rgb | Rgba, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, form, icc_profile=srgb_profile(), **options)
    return out.getvalue()


def _fits(pixels: Rgb | Rgba, side: int) -> None:
    if max(pixels.shape[:2]) > side:
        raise TooLongError
