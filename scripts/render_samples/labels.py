"""What is printed on the products, drawn large with Pillow. All brands are our own inventions."""

import math
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

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


def aurora(width: int, height: int, phase: float) -> Image.Image:
    """A night sky over mountains, seamless from panel to panel."""
    sky = Image.new("RGB", (width, height), "#10233a")
    pixels = ImageDraw.Draw(sky)
    for y in range(height):
        t = y / height
        pixels.line((0, y, width, y), fill=(int(13 + 30 * t), int(38 + 70 * t), int(84 + 70 * t)))
    glow = Image.new("RGB", (width, height))
    rays = ImageDraw.Draw(glow)
    for x in range(0, width, 3):
        u = 2 * math.pi * x / width
        for band, (level, colour) in enumerate(
            ((0.30, (46, 160, 112)), (0.40, (70, 190, 140)), (0.22, (96, 92, 170)))
        ):
            foot = height * (
                level + 0.05 * math.sin(2 * u + phase + band * 1.7) + 0.025 * math.sin(5 * u + band)
            )
            rise = height * (0.13 + 0.05 * math.sin(7 * u + band * 2.1))
            for step in range(24):
                y = foot - rise * step / 24
                fade = (1 - step / 24) ** 1.5 * 0.9
                rays.line(
                    (x, y, x, y - rise / 24),
                    fill=tuple(int(value * fade) for value in colour),
                    width=3,
                )
    sky = ImageChops.screen(sky, glow.filter(ImageFilter.GaussianBlur(width / 320)))
    draw = ImageDraw.Draw(sky)
    for star in range(260):
        x, y = (star * 7919) % width, (star * 104729) % int(height * 0.45)
        draw.ellipse((x, y, x + 3 + star % 4, y + 3 + star % 4), fill="#e8eefc")
    for level, colour, peaks in ((0.66, "#2a5670", 8), (0.715, "#173a52", 12)):
        ridge = [
            (x, height * (level - 0.09 * peak(peaks * x / width + level)))
            for x in range(0, width + 1, 4)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=colour)
    return sky


def peak(along: float) -> float:
    """A mountain's height, 0..1: sharp tops of unlike size, one a unit, with smaller ones on their flanks."""

    def tent(place: float) -> float:
        return 1 - abs(place % 1 * 2 - 1)

    tall = 0.55 + 0.45 * math.sin(2.4 * math.floor(along % 8))
    return tent(along) * tall + 0.16 * tent(along * 3.0 + 0.3) + 0.05 * tent(along * 11.0)


def tea_sides() -> Path:
    """Four panels in a row, front first."""
    panel, height = 1400, 2240
    label = aurora(panel * 4, height, 0.6)
    draw = ImageDraw.Draw(label)
    cream = "#f3ecd9"
    draw.rectangle((0, int(height * 0.74), panel * 4, height), fill=cream)
    draw.rectangle((0, int(height * 0.735), panel * 4, int(height * 0.742)), fill="#cfa75a")
    for front in (0.5, 2.5):
        x = panel * front
        write(draw, (x, 270), "NORDLYS", 205, face="URWGothic-Demi", ink=cream, spacing=0.1)
        write(draw, (x, 440), "T E A", 100, face="URWGothic-Book", ink="#e6c684", spacing=0.3)
        write(draw, (x, 1790), "Arctic Berry", 165, face="P052-Italic", ink="#1b3344")
        write(
            draw, (x, 1935), "BLACKCURRANT  ·  BIRCH  ·  ROOIBOS", 56, ink="#1b3344", spacing=0.06
        )
        write(
            draw,
            (x, 2100),
            "20 pyramid bags  ·  40 g",
            62,
            face="NimbusSans-Regular",
            ink="#6b5b3c",
        )
    x = panel * 1.5
    write(draw, (x, 300), "Steep for five minutes", 98, face="P052-Italic", ink=cream)
    write(draw, (x, 420), "in water just off the boil.", 98, face="P052-Italic", ink=cream)
    barcode(draw, panel * 1.5 - 280, 1780, 560, 300)
    x = panel * 3.5
    write(draw, (x, 300), "Grown north of sixty.", 98, face="P052-Italic", ink=cream)
    lines(
        draw,
        (x, 1770),
        [
            "Rooibos, blackcurrant (18 %),",
            "birch leaf, lingonberry, aroma.",
            "Keep dry. Best before: see base.",
        ],
        56,
    )
    return save(label, "tea-sides")


def tea_top() -> Path:
    label = aurora(1400, 1400, 2).crop((0, 0, 1400, 700)).resize((1400, 1400))
    draw = ImageDraw.Draw(label)
    write(draw, (700, 640), "NORDLYS", 180, face="URWGothic-Demi", ink="#f3ecd9", spacing=0.1)
    write(draw, (700, 800), "T E A", 84, ink="#e6c684", spacing=0.3)
    return save(label, "tea-top")


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
