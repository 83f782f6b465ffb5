"""What every layout tells of a file."""

from typing import NamedTuple


class Shape(NamedTuple):
    """Pixels as stored (before turning), frames, EXIF's orientation (1 to 8), and the numbers of
    primaries and curve (H.273) where the file names its colour space so.
    """

    width: int
    height: int
    frames: int = 1
    orientation: int = 1
    colours: tuple[int, int] | None = None
