"""The mark of a picture that was made for trying out: seen on any picture, and in the way."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.pipeline.pixels import Rgb, Rgba

WORD = "SANDBOX"
SMALLEST = 14  # pixels high: less cannot be read by anyone
# Of the shorter side, the letters' height; of that, how far lines lie apart.
SHARE, APART = 0.09, 2.6
INK, RIM = (255, 255, 255, 150), (0, 0, 0, 150)


def draw_sandbox_mark(pixels: Rgb | Rgba) -> Rgb | Rgba:
    """A copy (H×W×3 or H×W×4 uint8 sRGB) with the word all over it, where it is clear as well."""
    height, width = pixels.shape[:2]
    size = max(SMALLEST, round(SHARE * min(height, width)))
    layer = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(layer)
    font = ImageFont.load_default(size)
    step = round(size * APART)
    for line, y in enumerate(range(-size // 2, height, step)):
        for x in range(-(line % 2) * step, width, 3 * step):
            pen.text(
                (x, y), WORD, font=font, fill=INK, stroke_width=max(1, size // 12), stroke_fill=RIM
            )
    under = Image.fromarray(pixels).convert("RGBA")
    under.alpha_composite(layer)
    marked = np.asarray(under if pixels.shape[2] == 4 else under.convert("RGB"), np.uint8)
    return Rgb(marked) if marked.shape[2] == 3 else Rgba(marked)
