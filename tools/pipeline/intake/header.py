"""What a file says of itself before a pixel is decoded. Standard library only: the web process
calls this on every upload, so no decoder of images may see the file here.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from tools.pipeline.intake import sniff
from tools.pipeline.intake.errors import (
    BombError,
    DamagedError,
    EmptyError,
    TooManyBytesError,
    TooManyFramesError,
    TooManyPixelsError,
    TooNarrowError,
    TooSmallError,
)
from tools.pipeline.intake.layouts import bmp, gif, heif, jpeg, png, tiff, webp
from tools.pipeline.intake.layouts.shape import Crop, Shape
from tools.pipeline.intake.limits import DEFAULT, Limits
from tools.pipeline.intake.window import Window

BLOCK = 128

LAYOUTS: dict[sniff.Format, Callable[[Window, Limits], Shape]] = {
    "jpeg": jpeg.read_shape,
    "png": png.read_shape,
    "webp": webp.read_shape,
    "avif": heif.read_shape,
    "heic": heif.read_shape,
    "tiff": tiff.read_shape,
    "bmp": bmp.read_shape,
    "gif": gif.read_shape,
}


@dataclass(frozen=True, slots=True)
class Header:
    """`width` and `height` are those of the upright picture; `orientation` is EXIF's 1 to 8, by
    which the stored rows have still to be turned; `colours` are primaries and curve by number
    (H.273), where the file names them. `coded` is the size that the decoder is to find before it
    unfolds anything, and `crop` what is shown of it; `unlink` is where the
    file links to such a window.
    """

    format: sniff.Format
    bytes: int
    width: int
    height: int
    frames: int
    orientation: int
    colours: tuple[int, int] | None = None
    coded: tuple[int, int] = (0, 0)
    crop: Crop | None = None
    unlink: tuple[tuple[int, int], ...] = ()

    @property
    def megapixels(self) -> float:
        return self.width * self.height / 1e6


def read_header(
    source: str | PathLike[str] | BinaryIO,
    *,
    name: str | None = None,
    declared_type: str | None = None,
    limits: Limits = DEFAULT,
) -> Header:
    """The header of one file; a stream is left at its start. Raises a `RefusedError` for all
    that can be known without decoding.
    """
    with _opened(source) as stream:
        window = Window(stream, blocks=limits.blocks)
        try:
            return _read(window, name=name, declared_type=declared_type, limits=limits)
        finally:
            stream.seek(0)


def _opened(source: str | PathLike[str] | BinaryIO) -> AbstractContextManager[BinaryIO]:
    if isinstance(source, str | PathLike):
        return Path(source).open("rb")
    return nullcontext(source)


def _read(window: Window, *, name: str | None, declared_type: str | None, limits: Limits) -> Header:
    if window.size == 0:
        raise EmptyError
    if window.size > limits.bytes:
        raise TooManyBytesError
    found = sniff.check_format(window, name=name, declared_type=declared_type)
    shape = LAYOUTS[found](window, limits)
    _admit(shape, window.size, limits)
    turned = shape.orientation >= 5
    return Header(
        format=found,
        bytes=window.size,
        width=shape.height if turned else shape.width,
        height=shape.width if turned else shape.height,
        frames=shape.frames,
        orientation=shape.orientation,
        colours=shape.colours,
        coded=shape.coded or (shape.width, shape.height),
        crop=shape.crop,
        unlink=shape.unlink,
    )


def _admit(shape: Shape, size: int, limits: Limits) -> None:
    if shape.width < 0 or shape.height < 0:
        raise DamagedError
    if shape.width < 2 or shape.height < 2:
        raise TooSmallError
    pixels = shape.width * shape.height
    if pixels > limits.bomb_pixels and pixels > limits.bomb_ratio * size:
        raise BombError
    wide, high = shape.coded or (shape.width, shape.height)
    # Coders fill up whole blocks, which no one sees.
    filled = (shape.width + BLOCK) * (shape.height + BLOCK)
    if pixels > limits.pixels or wide * high > max(limits.pixels, filled):
        raise TooManyPixelsError
    if shape.area > max(limits.layers * pixels, limits.layer_pixels):
        raise BombError
    if max(shape.width, shape.height) > limits.ratio * min(shape.width, shape.height):
        raise TooNarrowError
    if shape.frames > limits.frames:
        raise TooManyFramesError
