"""The label that people can see on a generated picture, when the visitor asks for it.

GB 45438-2025, 4.2.3: text in a corner or along an edge, clear to read, at least 5 % of the
picture's shorter side high, that says both "AI" and "generated" (in Chinese, 生成).
"""

from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.pipeline.pixels import Rgb, Rgba

Language = Literal["en", "zh"]
Stroke = tuple[tuple[float, float], ...]

SHARE = 0.05  # of the shorter side
SMALLEST = 12  # pixels: less cannot be read by anyone
FINE = 4  # strokes are drawn so many times larger and then averaged
PLATE, INK = (20, 20, 20, 168), (255, 255, 255, 255)

# The two characters as their pens go, in a square from 0 to 1: a font with them has megabytes.
BORN: tuple[Stroke, ...] = (
    ((0.30, 0.08), (0.22, 0.26), (0.10, 0.42)),
    ((0.25, 0.27), (0.88, 0.27)),
    ((0.20, 0.57), (0.82, 0.57)),
    ((0.52, 0.05), (0.52, 0.91)),
    ((0.07, 0.91), (0.94, 0.91)),
)
BECOME: tuple[Stroke, ...] = (
    ((0.18, 0.25), (0.93, 0.25)),
    ((0.18, 0.25), (0.18, 0.54), (0.15, 0.75), (0.06, 0.94)),
    ((0.18, 0.49), (0.48, 0.49), (0.46, 0.76), (0.41, 0.80), (0.31, 0.77)),
    ((0.56, 0.05), (0.58, 0.34), (0.64, 0.62), (0.75, 0.83), (0.86, 0.93), (0.91, 0.90), (0.94, 0.72)),
    ((0.86, 0.40), (0.76, 0.61), (0.62, 0.79), (0.44, 0.93)),
    ((0.70, 0.06), (0.82, 0.16)),
)  # fmt: skip


def draw_label(pixels: Rgb | Rgba, *, language: Language = "en") -> Rgb | Rgba:
    """A copy (H×W×3 or H×W×4 uint8 sRGB) with the label in its lower right corner; not a pixel
    elsewhere is changed. Where a cut-out is transparent the label is not.
    """
    height, width = pixels.shape[:2]
    plate = _plate(max(SMALLEST, round(SHARE * min(height, width))), language)
    if plate.width > width:  # a very narrow picture: whole, if small, is better than cut off
        plate = plate.resize((width, max(1, plate.height * width // plate.width)))
    margin = min(plate.height // 3, (height - plate.height) // 2, (width - plate.width) // 2)
    left, top = width - plate.width - max(0, margin), height - plate.height - max(0, margin)
    labelled = pixels.copy()
    corner = labelled[max(0, top) : top + plate.height, left : left + plate.width]
    under = Image.fromarray(np.ascontiguousarray(corner)).convert("RGBA")
    under.alpha_composite(plate.crop((0, plate.height - under.height, *plate.size)))
    corner[...] = np.asarray(under)[..., : pixels.shape[2]]
    return labelled


def _plate(size: int, language: Language) -> Image.Image:
    """Light on dark, for it has to be read on any picture. `size` is the letters' height."""
    if language == "zh":
        ink = _row([_letters("AI", size), _character(BORN, size), _character(BECOME, size)], size)
    else:
        ink = _letters("AI generated", size)
    room = round(size * 0.45)
    plate = Image.new("RGBA", (ink.width + 2 * room, ink.height + 2 * room), (0, 0, 0, 0))
    form = ImageDraw.Draw(plate)
    form.rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), room, fill=PLATE)
    plate.paste(INK, (room, room), ink)
    return plate


def _letters(text: str, size: int) -> Image.Image:
    """Coverage (L), with capitals `size` pixels high."""
    font = ImageFont.load_default(size)
    high = font.getbbox("A")
    font = ImageFont.load_default(size * size / (high[3] - high[1]))
    left, _, right, bottom = font.getbbox(text)
    top = font.getbbox("A")[1]
    ink = Image.new("L", (round(right - left) + 1, round(bottom - top) + 1), 0)
    ImageDraw.Draw(ink).text((-left, -top), text, 255, font=font)
    return ink


def _character(strokes: tuple[Stroke, ...], size: int) -> Image.Image:
    side, pen = size * FINE, size * FINE // 11
    ink = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ink)
    for stroke in strokes:
        points = [(x * (side - 1), y * (side - 1)) for x, y in stroke]
        draw.line(points, 255, pen, joint="curve")
        for x, y in (points[0], points[-1]):  # round ends
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), 255)
    return ink.resize((size, size), Image.Resampling.BOX)


def _row(parts: list[Image.Image], size: int) -> Image.Image:
    gap = max(1, size // 7)
    row = Image.new("L", (sum(part.width + gap for part in parts) - gap, size), 0)
    across = 0
    for part in parts:
        row.paste(part, (across, 0))
        across += part.width + gap
    return row
