import numpy as np
import pytest

from tools.definition.marketplaces import BY_SLUG, MARKETPLACES
from tools.pipeline.compositing import framing

PRODUCT = (200, 30, 60)
GROUND = (190, 200, 210)


def whole(box, size=(300, 400)):
    """A picture with a product that fills the box (left, top, right, bottom), and its mask."""
    picture = np.full((*size, 3), GROUND, np.uint8)
    mask = np.zeros(size, np.uint8)
    left, top, right, bottom = box
    picture[top:bottom, left:right] = PRODUCT
    mask[top:bottom, left:right] = 255
    return picture, mask


def bounds(image):
    found = (np.abs(image.astype(int) - PRODUCT) < 40).all(2)
    rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


@pytest.mark.parametrize("slug", ["amazon", "google-merchant", "instagram-story", "temu-clothing"])
@pytest.mark.parametrize("box", [(150, 60, 250, 240), (4, 100, 396, 180), (180, 3, 230, 297)])
def test_a_whole_picture_is_cut_to_shape_around_all_of_its_product(slug, box):
    market = BY_SLUG[slug]
    made = framing.frame_for_market(*whole(box), market=market.facts())
    image = made["image"]
    assert (image.shape[1], image.shape[0]) == market.recommended
    left, top, right, bottom = bounds(image)
    wide, tall = box[2] - box[0], box[3] - box[1]
    assert (right - left) / wide == pytest.approx((bottom - top) / tall, rel=0.04)
    assert min(left, top, image.shape[1] - right, image.shape[0] - bottom) >= 0.01 * image.shape[1]
    least, most = market.fill
    fill = max((right - left) / image.shape[1], (bottom - top) / image.shape[0])
    assert (least or 0) <= fill <= (most or 1)
    # No bars: what was continued is the ground.
    assert np.abs(image[2, 2].astype(int) - GROUND).max() < 12
    assert np.abs(image[-3, -3].astype(int) - GROUND).max() < 12


def test_as_much_of_the_picture_is_shown_as_the_shape_allows():
    made = framing.frame_for_market(*whole((180, 130, 220, 170)), market=BY_SLUG["etsy"].facts())
    assert made["scale"] == pytest.approx(2000 / 300)


def test_a_picture_with_an_alpha_of_its_own_is_laid_on_paper():
    picture, mask = whole((150, 60, 250, 240))
    cut = np.dstack([picture, mask])
    made = framing.frame_for_market(cut, mask, market=BY_SLUG["amazon"].facts())
    assert (made["image"][made["mask"] == 0] == 255).all()


def test_the_places_of_the_product_follow_what_is_done_to_the_picture():
    _, mask = whole((150, 60, 250, 240))
    assert framing.resize_mask(mask, factor=2).shape == (600, 800)
    sides = {"left": 0.5, "right": 0, "top": 0, "bottom": 0}
    padded = framing.pad_mask(mask, ratio=None, sides=sides)
    assert padded.shape == (300, 600)
    assert padded[100, 400]
    assert not padded[100, 300]


def test_every_marketplace_can_be_framed():
    for market in MARKETPLACES:
        made = framing.frame_for_market(*whole((150, 60, 250, 240)), market=market.facts())
        assert (made["image"].shape[1], made["image"].shape[0]) == market.recommended
