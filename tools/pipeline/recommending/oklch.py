"""Ottosson's OKLab in cylinder form: lightness 0..1, chroma 0..0.37, hue in degrees."""

import math

Lch = tuple[float, float, float]

HUES = (
    (15, "pink"),
    (45, "red"),
    (75, "orange"),
    (112, "yellow"),
    (165, "green"),
    (215, "teal"),
    (275, "blue"),
    (325, "purple"),
    (360, "pink"),
)
NEUTRAL = 0.035


def of_hex(colour: str) -> Lch:
    """Of an sRGB "#rrggbb"."""
    red, green, blue = (linear(v / 255) for v in bytes.fromhex(colour.removeprefix("#")))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return of_lab(lightness, a, b)


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def of_lab(lightness: float, a: float, b: float) -> Lch:
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def apart(first: float, second: float) -> float:
    """Degrees between two hues, 0..180."""
    return abs((first - second + 180) % 360 - 180)


def hue_name(colour: Lch) -> str:
    """A word for the hue; "neutral" where there is none to speak of."""
    if colour[1] < NEUTRAL:
        return "neutral"
    return next(name for limit, name in HUES if colour[2] < limit or limit == 360)
