"""What is seen far behind a table: a blurred room, garden or street, with discs of light.

Drawn small and in linear light, then enlarged: nothing in it is sharp.
"""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Backdrop

ROWS = 720


def backdrop(facts: Backdrop, width: int, height: int, seed: int) -> Floats:
    """h×w×3 float32 linear light from 0, h at most 720, in the proportions of a picture of width by
    height pixels.
    """
    rows = min(ROWS, height)
    columns = max(round(rows * width / height), 8)
    picture = haze(facts, columns, rows, seed)
    rng = np.random.default_rng([seed, 307])
    for _ in range(facts.count):
        # Fixed numbers are drawn whether or not a disc is on the picture, so that sizes agree.
        x, y, size, bright, tint = rng.random(5)
        middle = ((x - 0.5) * rows * 2.2 + columns / 2, (0.02 + 0.66 * y**1.1) * rows)
        radius = rows * facts.radius * (0.45 + 0.9 * size)
        light = linearize_hex(facts.lights[int(tint * len(facts.lights))]) if facts.lights else None
        if light is not None:
            disc(picture, middle, radius, light * (0.06 + 0.55 * bright**2.2))
    return picture


def haze(facts: Backdrop, columns: int, rows: int, seed: int) -> Floats:
    """Big soft shapes in the backdrop's colours; darker ones low down, as rooms have."""
    clouds = noise.make_fractal(seed, (4, 4), 256, octaves=3, gain=0.55)
    other = noise.make_fractal(seed + 1, (8, 8), 256, octaves=2, gain=0.5)
    first, second, third = (linearize_hex(c) for c in (*facts.colours, facts.colours[-1])[:3])
    tile = mix_colours(
        mix_colours(first, second, noise.smooth_step(-1.0, 1.0, clouds)),
        third,
        noise.smooth_step(0.2, 1.6, other),
    )
    # Two picture heights of tile, so that neither side repeats on any usual format.
    x = ((np.arange(columns) - columns / 2) / rows * 128 + 128).astype(np.float32)
    y = (np.arange(rows) / rows * 160 + 20).astype(np.float32)
    across, down = np.meshgrid(np.mod(x, 256).astype(np.float32), y)
    return np.asarray(
        cv2.GaussianBlur(
            cv2.remap(tile, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP),
            (0, 0),
            rows / 26,
        ),
        np.float32,
    )


def disc(picture: Floats, middle: tuple[float, float], radius: float, light: Floats) -> None:
    """Adds a lens's image of a point: a disc with a soft edge and a slightly brighter rim."""
    rows, columns = picture.shape[:2]
    x0, x1 = max(int(middle[0] - radius - 3), 0), min(int(middle[0] + radius + 4), columns)
    y0, y1 = max(int(middle[1] - radius - 3), 0), min(int(middle[1] + radius + 4), rows)
    if x0 >= x1 or y0 >= y1:
        return
    x = np.arange(x0, x1, dtype=np.float32)[None, :] - np.float32(middle[0])
    y = np.arange(y0, y1, dtype=np.float32)[:, None] - np.float32(middle[1])
    # Towards the corners the lens's barrel cuts the disc to an eye.
    lean = (middle[0] - columns / 2) / rows
    inner = np.hypot(x, y)
    barrel = np.hypot(x + np.float32(lean * radius * 0.55), y)
    edge = max(radius * 0.06, 1.2)
    body = noise.smooth_step(radius + edge, radius - edge, inner) * noise.smooth_step(
        radius * 1.12 + edge, radius * 1.12 - edge, barrel
    )
    rim = 0.82 + 0.25 * noise.smooth_step(radius * 0.72, radius * 0.97, inner)
    picture[y0:y1, x0:x1] += (body * rim)[..., None] * light
