"""For mypy only, see `test_pixels`: every kind of array where it belongs, and the ways between."""

from tools.pipeline import encoding, preflight, resize
from tools.pipeline.compositing import compose, product_canvas, silhouette
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
    encoding.encode_png(rgba)
    resize.shrink_to_pixels(rgb, pixels=1)
    silhouette.measure_silhouette(alpha)
    product_canvas.stage_product(rgb, alpha, {}, width=1, height=1)
    preflight.check_market_rules(
        encoding.flatten_alpha(rgba, (255, 255, 255)), market={}, mask=alpha
    )
    erase.erase_object(rgba, alpha)
    return compose.composite_product(upscale.upscale_photo(rgb, factor=2), rgb, alpha, {})
