"""The tea carton's print: northern lights over mountains, seamless round four sides."""

import math
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from scripts.render_samples.labels import barcode, lines, save, write


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


def sides() -> Path:
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


def top() -> Path:
    label = aurora(1400, 1400, 2).crop((0, 0, 1400, 700)).resize((1400, 1400))
    draw = ImageDraw.Draw(label)
    write(draw, (700, 640), "NORDLYS", 180, face="URWGothic-Demi", ink="#f3ecd9", spacing=0.1)
    write(draw, (700, 800), "T E A", 84, ink="#e6c684", spacing=0.3)
    return save(label, "tea-top")
