"""For mypy only, see `test_pixels`: each line that says so hands on the wrong kind of array."""

from tools.pipeline import encoding, preflight
from tools.pipeline.compositing import compose, product_canvas, silhouette
from tools.pipeline.enhancing import upscale
from tools.pipeline.filling import erase
from tools.pipeline.pixels import Alpha, Matte, Rgb, Rgba, add_alpha, alpha_to_matte, take_alpha


def rgba_for_rgb(rgb: Rgb, rgba: Rgba, alpha: Alpha) -> None:
    compose.composite_product(rgba, rgb, alpha, {})  # wrong
    compose.composite_product(rgb, rgba, alpha, {})  # wrong
    preflight.check_market_rules(rgba, market={})  # wrong
    add_alpha(rgba, alpha)  # wrong


def rgb_for_rgba(rgb: Rgb) -> None:
    take_alpha(rgb)  # wrong
    product_canvas.fill_behind_product(rgb, rgb, width=1, height=1)  # wrong


def alpha_for_a_picture(rgb: Rgb, alpha: Alpha) -> None:
    encoding.encode_png(alpha)  # wrong
    compose.composite_product(alpha, rgb, alpha, {})  # wrong


def a_picture_for_alpha(rgb: Rgb, rgba: Rgba) -> None:
    silhouette.measure_silhouette(rgba)  # wrong
    erase.erase_object(rgb, rgb)  # wrong


def a_matte_for_alpha(rgb: Rgb, matte: Matte) -> None:
    silhouette.measure_silhouette(matte)  # wrong
    product_canvas.stage_product(rgb, matte, {}, width=1, height=1)  # wrong
    alpha_to_matte(matte)  # wrong
    encoding.encode_png(matte)  # wrong


def what_was_not_told_apart(photo: Rgb | Rgba) -> Rgb:
    return photo  # wrong


def what_has_lost_its_kind(rgba: Rgba) -> Rgb:
    return rgba[..., :3]  # wrong


def another_kind_comes_back(rgba: Rgba) -> Rgb:
    return upscale.upscale_photo(rgba, factor=2)  # wrong
