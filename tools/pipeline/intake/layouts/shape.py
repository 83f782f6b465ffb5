"""What every layout tells of a file."""

from typing import NamedTuple


class Crop(NamedTuple):
    """Which part of the coded picture is shown, in whole pixels."""

    left: int
    top: int
    width: int
    height: int


class Shape(NamedTuple):
    """Pixels as they are shown before turning, frames, EXIF's orientation (1 to 8), and the numbers
    of primaries and curve (H.273) where the file names its colour space so.

    `coded` are the width and height that the decoder is to find, where they are not those shown:
    `crop` is then what is shown of them. `unlink` are places and lengths
    of what links to that window. `area` are the pixels that decoding will lay out in all,
    where that is more than the picture itself: tiles that stand over, masks, layers.
    """

    width: int
    height: int
    frames: int = 1
    orientation: int = 1
    colours: tuple[int, int] | None = None
    coded: tuple[int, int] | None = None
    crop: Crop | None = None
    area: int = 0
    unlink: tuple[tuple[int, int], ...] = ()
