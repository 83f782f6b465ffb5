"""What every layout tells of a file."""

from typing import NamedTuple


class Shape(NamedTuple):
    """Pixels as stored (before turning), frames, and EXIF's orientation, 1 to 8."""

    width: int
    height: int
    frames: int = 1
    orientation: int = 1
