import numpy as np
import pytest

from tools.pipeline.compositing import tone
from tools.pipeline.compositing.casting import cast_shadow
from tools.pipeline.compositing.compose import composite_product as without_shadow
from tools.pipeline.compositing.compose import laid
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.compositing.silhouette import measure_silhouette
from tools.pipeline.scenes import draw
from tools.pipeline.scenes.registry import SCENES


def onto(background, photo, alpha, place, *, shadow="soft", direction=None, strength=0.7, **more):
    if shadow == "none":
        return without_shadow(background, photo, alpha, place, **more)
    shade = cast_shadow(alpha, place, shadow=shadow, direction=direction, strength=strength)
    return without_shadow(background, photo, alpha, place, shade, **more)


def composed(photo, alpha, slug, **more):
    """(result, background, placement) at scale 1 on a canvas of the photo's size."""
    height, width = alpha.shape
    background = draw.draw_scene(slug=slug, width=width, height=height)
    place = place_product(alpha, width=width, height=height, scene=slug, scale=1)
    return onto(background, photo, alpha, place, **more), background, place


def core(result, photo, alpha, place):
    """(in the result, in the photo): the pixels of the product's core that lie on the canvas."""
    height, width = result.shape[:2]
    layer = laid(photo, alpha, place, width, height).clipped(width, height)
    shown = layer.alpha == 255
    there = result[layer.top :, layer.left :][: shown.shape[0], : shown.shape[1]][shown]
    return there, layer.colour[shown]


@pytest.mark.parametrize("slug", [scene.slug for scene in SCENES])
def test_every_scene_leaves_every_pixel_of_the_core_alone(slug, bottle):
    photo, alpha = bottle(width=120, height=150)
    result, _, place = composed(
        photo, alpha, slug, shadow="soft", reflection=0.6, wrap=1.0, tone=1.0
    )
    there, own = core(result, photo, alpha, place)
    assert len(own) == np.count_nonzero(alpha == 255), "all of it is on the canvas"
    assert np.array_equal(there, own)


@pytest.mark.parametrize("shadow", ["soft", "hard", "floating", "none"])
def test_every_shadow_leaves_the_core_alone(shadow, bottle):
    photo, alpha = bottle()
    result, _, place = composed(photo, alpha, "concrete-grey", shadow=shadow)
    there, own = core(result, photo, alpha, place)
    assert np.array_equal(there, own)


def test_without_shadow_only_the_product_covers_the_background(bottle):
    photo, alpha = bottle()
    result, background, place = composed(photo, alpha, "wood-oak", shadow="none", wrap=0)
    layer = laid(photo, alpha, place, *result.shape[1::-1])
    covered = np.zeros(result.shape[:2], bool)
    high, wide = layer.alpha.shape
    covered[layer.top : layer.top + high, layer.left : layer.left + wide] = layer.alpha > 0
    assert np.array_equal(result[~covered], background[~covered])


def dark_side(direction, bottle):
    photo, alpha = bottle(width=400, height=300, fill=0.5)
    paper = np.full((300, 400, 3), 230, np.uint8)
    place = place_product(alpha, width=400, height=300, scene="studio-white", scale=1, y=0.75)
    place["elevation"] = 35
    result = onto(paper, photo, alpha, place, shadow="hard", direction=direction, wrap=0)
    lost = (230 - result.astype(float)).mean(2)
    lost[:, 150:250] = 0
    return lost[:, :150].sum(), lost[:, 250:].sum()


def test_the_shadow_falls_away_from_the_light(bottle):
    left, right = dark_side(270, bottle)
    assert right > 2 * left
    left, right = dark_side(90, bottle)
    assert left > 2 * right


def test_the_floor_is_darkest_where_the_product_touches_it(bottle):
    photo, alpha = bottle(width=300, height=300, fill=0.6)
    paper = np.full((300, 300, 3), 235, np.uint8)
    place = place_product(alpha, width=300, height=300, scene="studio-white", scale=1, y=0.8)
    result = onto(paper, photo, alpha, place, wrap=0)
    column = result[244:, 150].mean(1)
    assert column[:4].min() < 0.75 * 235
    assert column[-1] > 0.93 * 235
    assert np.all(np.diff(column[4:30]) > -4)


def test_a_floating_product_is_not_tied_to_the_floor(bottle):
    photo, alpha = bottle(width=300, height=300, fill=0.6)
    paper = np.full((300, 300, 3), 235, np.uint8)
    place = place_product(alpha, width=300, height=300, scene="studio-white", scale=1, y=0.75)
    standing = onto(paper, photo, alpha, place, shadow="soft", wrap=0)
    floating = onto(paper, photo, alpha, place, shadow="floating", wrap=0)
    assert floating[229:232, 150].mean() > standing[229:232, 150].mean() + 15
    assert floating[235:290].min() < 232, "its shadow lies below it"


def test_strength_makes_the_shadow_stronger(bottle):
    photo, alpha = bottle()
    means = [composed(photo, alpha, "studio-pearl", strength=s)[0].mean() for s in (0.0, 0.3, 0.7)]
    assert means[0] > means[1] > means[2]


def test_a_product_cut_off_below_casts_nothing(cut_at):
    alpha = cut_at("bottom")
    photo = np.full((*alpha.shape, 3), 90, np.uint8)
    place = place_product(alpha, width=200, height=200, scene="studio-white")
    paper = np.full((200, 200, 3), 240, np.uint8)
    result = onto(paper, photo, alpha, place, reflection=1.0)
    assert set(np.unique(result)) == {90, 240}


def test_a_reflection_lies_under_the_foot_and_fades(bottle):
    photo, alpha = bottle(width=300, height=300, fill=0.6, colour=(200, 20, 20))
    paper = np.full((300, 300, 3), 120, np.uint8)
    place = place_product(alpha, width=300, height=300, scene="studio-white", scale=1, y=0.7)
    result = onto(paper, photo, alpha, place, shadow="none", reflection=1.0, wrap=0).astype(int)
    redness = result[:, 150, 0] - result[:, 150, 1]
    foot = round(0.7 * 300)
    assert redness[foot + 6] > redness[foot + 30] > redness[foot + 50]
    assert redness[-1] == 0


def test_tone_changes_the_background_only(bottle):
    photo, alpha = bottle(colour=(220, 120, 40))
    plain, background, place = composed(photo, alpha, "studio-pearl", shadow="none")
    toned, _, _ = composed(photo, alpha, "studio-pearl", shadow="none", tone=1.0)
    assert not np.array_equal(toned[:20], background[:20])
    assert np.array_equal(*core(toned, photo, alpha, place))
    warmer = toned[:20, :, 0].astype(int) - toned[:20, :, 2]
    assert warmer.mean() > (plain[:20, :, 0].astype(int) - plain[:20, :, 2]).mean()


def test_wrap_is_felt_in_the_edge_only(bottle):
    photo, alpha = bottle()
    without, _, place = composed(photo, alpha, "studio-coral", shadow="none", wrap=0)
    wrapped, _, _ = composed(photo, alpha, "studio-coral", shadow="none", wrap=1.0)
    changed = np.any(without != wrapped, axis=2)
    layer = laid(photo, alpha, place, *without.shape[1::-1])
    edge = np.zeros(changed.shape, bool)
    high, wide = layer.alpha.shape
    band = (layer.alpha > 0) & (layer.alpha < 255)
    edge[layer.top : layer.top + high, layer.left : layer.left + wide] = band
    assert changed.any()
    assert not (changed & ~edge).any()


@pytest.mark.parametrize("scale", [0.4, 1.7])
def test_a_resized_product_keeps_its_colour_to_the_edge(scale):
    """Red on green: were colours not weighted by alpha, green would bleed in."""
    alpha = np.zeros((100, 100), np.uint8)
    alpha[20:80, 20:80] = 255
    photo = np.zeros((100, 100, 3), np.uint8)
    photo[..., 1] = 255
    photo[20:80, 20:80] = (255, 0, 0)
    place = place_product(alpha, width=200, height=200, scale=scale)
    result = onto(np.zeros((200, 200, 3), np.uint8), photo, alpha, place, shadow="none", wrap=0)
    assert result[..., 1].max() == 0
    wide = np.count_nonzero(result[..., 0].max(0) > 127)
    assert wide == pytest.approx(60 * scale, abs=1)


def test_a_product_may_be_dragged_off_the_canvas(bottle):
    photo, alpha = bottle()
    background = np.full((100, 100, 3), 200, np.uint8)
    for x, y in ((-0.2, 0.5), (1.2, 0.5), (0.5, -0.4), (0.5, 2.0), (3.0, 3.0)):
        place = place_product(alpha, width=100, height=100, x=x, y=y, scene="wood-oak")
        assert onto(background, photo, alpha, place, reflection=0.5).shape == background.shape


def test_the_input_arrays_are_left_unchanged(bottle):
    photo, alpha = bottle()
    background = draw.draw_scene(slug="wood-oak", width=200, height=250)
    kept = [background.copy(), photo.copy(), alpha.copy()]
    place = place_product(alpha, width=200, height=250, scene="wood-oak")
    onto(background, photo, alpha, place, reflection=0.5, tone=0.5)
    assert all(np.array_equal(a, b) for a, b in zip(kept, (background, photo, alpha), strict=True))


def test_the_foot_lands_on_the_ground_line(bottle):
    photo, alpha = bottle()
    result, _, place = composed(photo, alpha, "studio-white", shadow="none", wrap=0)
    layer = laid(photo, alpha, place, *result.shape[1::-1])
    shape = measure_silhouette(layer.alpha)
    assert layer.top + shape.bottom == pytest.approx(place["ground"] * 250, abs=1)


def test_a_shadow_laid_by_steps_is_the_one_that_was_computed_for_each_pixel():
    rng = np.random.default_rng(5)
    background = rng.integers(0, 256, (64, 80, 3), np.uint8)
    factor = rng.random((64, 80), np.float32)
    for gain in (np.ones(3, np.float32), np.array([0.9, 1.0, 1.15], np.float32)):
        found = tone.under(background, factor, gain)
        light = tone.LINEAR[background] * factor[..., None] * gain
        assert np.abs(found - tone.encode(light)).max() < 1
    unchanged = tone.under(background, np.ones_like(factor), np.ones(3, np.float32))
    assert np.array_equal(unchanged, background)
