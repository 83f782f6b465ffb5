import cv2
import numpy as np

from tools.pipeline.compositing.casting import cast_shadow
from tools.pipeline.compositing.compose import composite_product
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.recommending.previews import render_previews
from tools.pipeline.scenes import draw


def test_each_scene_gets_a_small_picture(bottle):
    photo, alpha = bottle(width=500, height=400)
    made = render_previews(photo, alpha, ["wood-oak", "studio-coral"], size=160)
    assert list(made) == ["wood-oak", "studio-coral"]
    assert all(picture.shape == (128, 160, 3) for picture in made.values())


def test_a_preview_is_the_result_made_small(bottle):
    photo, alpha = bottle(width=640, height=640)
    preview = render_previews(photo, alpha, ["studio-coral"], size=160)["studio-coral"]
    background = draw.draw_scene(slug="studio-coral", width=640, height=640)
    place = place_product(alpha, width=640, height=640, scene="studio-coral")
    full = cv2.resize(
        composite_product(background, photo, alpha, place, cast_shadow(alpha, place)),
        (160, 160),
        interpolation=cv2.INTER_AREA,
    )
    assert np.abs(full.astype(int) - preview).mean() < 3
