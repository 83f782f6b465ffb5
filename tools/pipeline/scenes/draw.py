"""Backgrounds as ops: a scene, a colour, a gradient, the visitor's own picture."""

from importlib import import_module

import cv2
import numpy as np

from tools.pipeline.parallel import Progress, run_parts, split_bands
from tools.pipeline.pixels import Rgb, Rgba, drop_alpha, is_rgb
from tools.pipeline.scenes import colours, registry
from tools.pipeline.scenes.finish import TILE, dithered, widened

BAND_PIXELS = 300_000


def draw_scene(
    *, slug: str, width: int, height: int, seed: int = 0, progress: Progress | None = None
) -> Rgb:
    """H×W×3 uint8 sRGB: the same scene at any size in pixels; another `seed` lays other stone and
    wood.

    Raises UnknownSceneError.
    """
    facts = registry.find_scene(slug)
    module, function = facts.draw.split(":")
    paint = getattr(import_module(module), function)
    return Rgb(np.asarray(paint(facts, width, height, seed, progress), np.uint8))


def draw_colour(*, colour: str, width: int, height: int) -> Rgb:
    """H×W×3 uint8 sRGB: one "#rrggbb" everywhere, exactly: no grain, so that white is 255."""
    levels = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8)
    return Rgb(np.broadcast_to(levels, (height, width, 3)).copy())


def draw_gradient(
    *, first: str, second: str, width: int, height: int, angle: float = 180, radial: bool = False
) -> Rgb:
    """H×W×3 uint8 sRGB from `first` to `second` ("#rrggbb") towards `angle` (degrees, 0 up,
    clockwise), or from the middle out.

    Mixed in linear light and dithered, so that no bands show.
    """
    x = ((np.arange(width, dtype=np.float32) + 0.5) / width - 0.5)[None, :]
    start, end = colours.linearize_hex(first), colours.linearize_hex(second)
    way = np.radians(angle)
    right, down = np.float32(np.sin(way)), np.float32(-np.cos(way))
    reach = abs(right) + abs(down)
    noise = np.random.default_rng(503).random((TILE, TILE, 3)).astype(np.float32)
    dither = widened(noise, width)
    out = np.empty((height, width, 3), np.uint8)

    def draw(band: slice) -> None:
        y = ((np.arange(band.start, band.stop, dtype=np.float32) + 0.5) / height - 0.5)[:, None]
        share = np.hypot(x, y) * np.sqrt(2) if radial else (x * right + y * down) / reach + 0.5
        light = colours.mix_colours(start, end, np.clip(share, 0, 1))
        out[band] = dithered(colours.encoded(light) * 255, dither, band.start)

    run_parts(draw, split_bands(height, width, BAND_PIXELS))
    return Rgb(out)


def draw_own_picture(picture: Rgb | Rgba, *, width: int, height: int) -> Rgb:
    """The visitor's picture (H×W×3 or H×W×4 uint8 sRGB), filling the canvas about its middle, as
    H×W×3; what is clear becomes white.
    """
    if not is_rgb(picture):
        share = picture[..., 3:].astype(np.float32) / 255
        flat = drop_alpha(picture) * share + 255 * (1 - share)
        picture = Rgb((flat + 0.5).astype(np.uint8))
    high, wide = picture.shape[:2]
    scale = max(width / wide, height / high)
    crop_w, crop_h = min(round(width / scale), wide), min(round(height / scale), high)
    left, top = (wide - crop_w) // 2, (high - crop_h) // 2
    part = np.ascontiguousarray(picture[top : top + crop_h, left : left + crop_w])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return Rgb(np.asarray(cv2.resize(part, (width, height), interpolation=method), np.uint8))
