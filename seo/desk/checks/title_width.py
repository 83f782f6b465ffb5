"""Title width: how wide a text is where search engines show it.

They cut a title or a description off by its width on the screen, not by its letters; both are set
in Arial, at 20 px and 14 px.
"""

import unicodedata
from dataclasses import dataclass

# Thousandths of the font's size, for the printable ASCII letters from the space on.
ARIAL = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
FIRST = ord(" ")
SQUARE = 1000
USUAL = 556
# Vowels and finals: taken apart, a Korean syllable is as wide as the consonant it begins with.
HANGUL_REST = ("\u1160", "\u11ff")


@dataclass(frozen=True)
class Place:
    """Where a text is shown: its size, and how wide it may and should be, in pixels."""

    size: int
    least: int
    most: int


TITLE = Place(size=20, least=200, most=580)
DESCRIPTION = Place(size=14, least=400, most=920)


def measure_width(text: str, place: Place) -> int:
    return round(sum(map(width, unicodedata.normalize("NFD", text))) * place.size / 1000)


def width(letter: str) -> int:
    if unicodedata.combining(letter) or HANGUL_REST[0] <= letter <= HANGUL_REST[1]:
        return 0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return SQUARE
    at = ord(letter) - FIRST
    return ARIAL[at] if 0 <= at < len(ARIAL) else USUAL
