"""Colours as programs write them: three, four, six or eight hexadecimal digits, or CSS's names."""

import re

from tools.web.removebg.colour_names import NAMES

HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})")
SHORT = 4


def parse_colour(text: str) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha, 0–255; None where it is no colour."""
    word = text.strip().lower()
    word = NAMES.get(word, word)
    match = HEX.fullmatch(word)
    if match is None:
        return None
    digits = match[1]
    if len(digits) <= SHORT:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
    return red, green, blue, alpha
