"""JPEG (ITU-T T.81, annex B): segments up to the first scan."""

from tools.pipeline.intake.errors import DamagedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

APP1 = 0xE1
SCAN = 0xDA
END = 0xD9
# All of C0..CF are frame headers, but for the tables of Huffman and arithmetic coding and JPG.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Markers that stand alone, without a length.
BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def read_shape(window: Window, _limits: Limits) -> Shape:
    width = height = 0
    framed, turn = False, 1
    offset = 2
    while True:
        window.step()
        prefix, marker = window.numbers(">BB", offset)
        if prefix != 0xFF:
            raise DamagedError
        if marker == 0xFF:  # any number of fill bytes may stand before a marker
            offset += 1
            continue
        if marker in BARE:
            offset += 2
            continue
        if marker in {SCAN, END}:
            break
        length = window.number(">H", offset + 2)
        if length < 2:
            raise DamagedError
        if marker in FRAMES and not framed:
            height, width = window.numbers(">HH", offset + 5)
            framed = True
        elif marker == APP1 and turn == 1 and window.at(offset + 4, 4) == b"Exif":
            turn = exif.read_orientation(window.at(offset + 4, length - 2))
        offset += 2 + length
    if not framed:
        raise DamagedError
    return Shape(width, height, orientation=turn)
