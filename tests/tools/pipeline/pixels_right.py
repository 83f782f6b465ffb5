"""For mypy only, see `test_pixels`: every kind of array where it belongs, and the ways between."""

from tools.pipeline import encoding, preflight, resize
from tools.pipeline.compositing import compose, silhouette, stage
from tools.pipeline.enhancing import upscale
from tools.pipeline.filling import erase
from tools.pipeline.pixels import (
    Alpha,
    Mask,
    Matte,
    Rgb,
    Rgba,
    add_alpha,
    alpha_to_matte,
    drop_alpha,
    is_rgb,
    is_rgba,
    mask_to_alpha,
    matte_to_alpha,
    take_alpha,
)


def told_apart(photo: Rgb | Rgba) -> tuple[Rgb, Alpha | None]:
    if is_rgb(photo):
        return photo, None
    return drop_alpha(photo), take_alpha(photo) if is_rgba(photo) else None


def between(rgba: Rgba, matte: Matte, mask: Mask) -> tuple[Rgba, Matte, Alpha]:
    rgb, alpha = drop_alpha(rgba), take_alpha(rgba)
    return add_alpha(rgb, matte_to_alpha(matte)), alpha_to_matte(alpha), mask_to_alpha(mask)


def handed_on(rgb: Rgb, rgba: Rgba, alpha: Alpha) -> Rgb:
    encoding.png(rgba)
    resize.proxy(rgb, pixels=1)
    silhouette.silhouette(alpha)
    stage.stage(rgb, alpha, {}, width=1, height=1)
    preflight.check(encoding.flatten(rgba, (255, 255, 255)), market={}, mask=alpha)
    erase.run(rgba, alpha)
    return compose.onto(upscale.run(rgb, factor=2), rgb, alpha, {})
