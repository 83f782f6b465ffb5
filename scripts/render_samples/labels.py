"""What is printed on the products, drawn large with Pillow. All brands are our own inventions."""

import math
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/opentype/urw-base35")  # Debian's fonts-urw-base35
INK = "#20241f"


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="labels-"))


def save(label: Image.Image, name: str) -> Path:
    path = folder() / f"{name}.png"
    label.save(path)
    return path


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    words: str,
    size: float,
    *,
    face: str = "URWGothic-Book",
    ink: str = INK,
    spacing: float = 0,
) -> None:
    """Centred on `at`; `spacing` is extra width between letters, in ems."""
    font = ImageFont.truetype(str(FONTS / f"{face}.otf"), size)
    gap = spacing * size
    widths = [font.getlength(letter) for letter in words] if spacing else [font.getlength(words)]
    x = at[0] - (sum(widths) + gap * (len(widths) - 1)) / 2
    for letter, width in zip(words if spacing else [words], widths, strict=True):
        draw.text((x, at[1]), letter, font=font, fill=ink, anchor="lm")
        x += width + gap


def lines(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    rows: Sequence[str],
    size: float,
    leading: float = 1.5,
) -> None:
    for row, words in enumerate(rows):
        write(draw, (at[0], at[1] + row * size * leading), words, size, face="NimbusSans-Regular")


def barcode(
    draw: ImageDraw.ImageDraw, left: float, top: float, width: float, height: float
) -> None:
    bits = (
        "101"
        "0001101011001100100110111101010001101100010101010100001001110010110011011011001000010101"
        "101"
    )
    bar = width / len(bits)
    for place, bit in enumerate(bits):
        if bit == "1":
            draw.rectangle(
                (left + place * bar, top, left + (place + 1) * bar - 1, top + height), fill=INK
            )


def hand_wash() -> Path:
    """Wraps 270° of a bottle; its middle third faces the camera."""
    label = Image.new("RGB", (3600, 1840), "#f1ece0")
    draw = ImageDraw.Draw(label)
    x = 1800
    draw.line((x - 560, 250, x + 560, 250), fill=INK, width=7)
    write(draw, (x, 150), "NO. 4", 84, spacing=0.35)
    write(draw, (x, 520), "FJELL", 330, face="URWGothic-Demi", spacing=0.16)
    write(draw, (x, 760), "& mose", 200, face="P052-Italic")
    draw.line((x - 560, 960, x + 560, 960), fill=INK, width=7)
    write(draw, (x, 1090), "HAND WASH", 128, spacing=0.3)
    write(draw, (x, 1270), "birch leaf, sea salt, pine", 104, face="P052-Italic")
    write(draw, (x, 1520), "300 ml  /  10.1 fl oz", 88, spacing=0.06)
    draw.ellipse((x - 22, 1640, x + 22, 1684), fill="#8d5a2b")
    lines(
        draw,
        (560, 420),
        [
            "Work a little between wet hands.",
            "Rinse. Made in small batches",
            "with cold-pressed oils.",
            "",
            "Aqua, Sodium Cocoyl Glutamate,",
            "Glycerin, Betula Alba Leaf,",
            "Maris Sal, Parfum.",
        ],
        62,
    )
    barcode(draw, 380, 1180, 380, 280)
    lines(
        draw,
        (3040, 420),
        ["Poids net / Nettovekt", "300 ml", "", "Keep away from eyes.", "Glass: recycle me."],
        62,
    )
    return save(label, "hand-wash")


def maker() -> Path:
    """Black where the tote's foil is."""
    label = Image.new("RGB", (2040, 480), "white")
    draw = ImageDraw.Draw(label)
    write(draw, (1020, 170), "ATELIER NORD", 200, face="URWGothic-Demi", ink="black", spacing=0.14)
    write(draw, (1020, 370), "handmade", 120, face="P052-Italic", ink="black")
    return save(label, "maker")


def dial() -> Path:
    """A watch's face: sunburst ink blue, printed minute track; the hour marks are real metal."""
    side = 2400
    label = Image.new("RGB", (side, side), "#27456a")
    draw = ImageDraw.Draw(label)
    middle = side / 2
    for minute in range(240):
        turn = 2 * math.pi * minute / 240
        long, wide = (70, 12) if minute % 20 == 0 else (52, 7) if minute % 4 == 0 else (26, 4)
        inner, outer = middle * 0.97 - long, middle * 0.97
        draw.line(
            [(middle + reach * math.sin(turn), middle - reach * math.cos(turn)) for reach in (inner, outer)],
            fill="#e9e4d8", width=wide,
        )  # fmt: skip
    write(draw, (middle, 690), "AURÉL", 170, face="URWGothic-Demi", ink="#f1ecdf", spacing=0.16)
    write(
        draw, (middle, 830), "AUTOMATIC", 76, face="NimbusSans-Regular", ink="#d9d3c4", spacing=0.2
    )
    write(draw, (middle, 1690), "100 m", 84, face="P052-Italic", ink="#e3c184")
    write(
        draw,
        (middle, 1790),
        "38 mm  ·  sapphire",
        66,
        face="NimbusSans-Regular",
        ink="#b9b4a8",
        spacing=0.08,
    )
    return save(label, "dial")


def lemon_slice() -> Path:
    side = 1200
    label = Image.new("RGB", (side, side), "#f0c430")
    draw = ImageDraw.Draw(label)
    middle = side / 2
    draw.ellipse((34, 34, side - 34, side - 34), fill="#fbf3cf")
    for segment in range(10):
        turn = 2 * math.pi * segment / 10 + 0.1
        wedge = []
        for lean, reach in (
            (0, 40),
            (-0.27, 420),
            (-0.24, 488),
            (-0.14, 512),
            (0, 518),
            (0.14, 512),
            (0.24, 488),
            (0.27, 420),
        ):
            wedge.append(
                (middle + reach * math.cos(turn + lean), middle + reach * math.sin(turn + lean))
            )
        draw.polygon(wedge, fill="#f2d75a")
        for seed in range(26):
            lean, reach = ((seed * 37) % 40 - 20) / 90, 150 + (seed * 61) % 320
            x, y = middle + reach * math.cos(turn + lean), middle + reach * math.sin(turn + lean)
            tip = (x + 42 * math.cos(turn), y + 42 * math.sin(turn))
            draw.line([(x, y), tip], fill="#f9e994" if seed % 2 else "#e9c63c", width=9)
    return save(label.filter(ImageFilter.GaussianBlur(3)), "lemon-slice")


def sound() -> Path:
    label = Image.new("RGB", (1700, 400), "white")
    write(
        ImageDraw.Draw(label),
        (850, 200),
        "HALDEN",
        250,
        face="URWGothic-Demi",
        ink="black",
        spacing=0.12,
    )
    return save(label, "sound")


def spine(title: str) -> Path:
    """Black where a book's spine is stamped; it reads along the book."""
    label = Image.new("RGB", (1600, 160), "white")
    write(ImageDraw.Draw(label), (800, 82), title, 96, face="C059-Roman", ink="black", spacing=0.08)
    return save(label, f"spine-{title}")
