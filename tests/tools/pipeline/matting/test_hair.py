import numpy as np
import pytest

from tools.pipeline.matting import hair

SIDE = 64


@pytest.fixture
def tuft():
    """A photo whose red share is its true alpha: a disc with a broad fringe of fine lines; and the
    matte that was found, in which the fringe is a blur.
    """
    y, x = np.mgrid[:240, :320]
    radius = np.hypot(x - 160, y - 120)
    lines = (np.sin(np.arctan2(y - 120, x - 160) * 40) > 0).astype(float)
    true = np.where(radius < 50, 1, np.where(radius < 80, lines, 0))
    found = np.clip((80 - radius) / 30, 0, 1)
    photo = np.dstack([true * 255, np.zeros_like(true), np.zeros_like(true)]).astype(np.uint8)
    return photo, np.round(found * 255).astype(np.uint8), np.round(true * 255).astype(np.uint8)


def red(batch):
    return [piece[..., 0].astype(np.float32) / 255 for piece in batch]


def test_a_soft_edge_becomes_what_the_network_sees_close_by(tuft):
    photo, found, true = tuft
    sizes = []

    def seeing(batch):
        sizes.extend(piece.shape[:2] for piece in batch)
        return red(batch)

    made = hair.refine_hair(photo, found, seeing, side=SIDE)
    off = [np.abs(alpha.astype(int) - true).mean() for alpha in (found, made)]
    assert off[1] < off[0] / 5
    assert set(sizes) == {(SIDE, SIDE)}
    far = np.hypot(*(np.mgrid[:240, :320] - np.array([120, 160]).reshape(2, 1, 1))) > 110
    assert not made[far].any()


def test_pieces_leave_no_seams(tuft):
    photo, found, _ = tuft
    made = hair.refine_hair(
        photo, found, lambda batch: [red([p])[0] * 0.9 + 0.05 for p in batch], side=SIDE
    )
    flat = (found > 60) & (found < 200) & (photo[..., 0] == 255)
    assert np.ptp(made[flat].astype(int)) <= 2


def test_a_network_that_misses_the_product_is_not_believed(tuft):
    photo, found, _ = tuft
    blind = hair.refine_hair(photo, found, lambda batch: [0 * one for one in red(batch)], side=SIDE)
    inside = np.hypot(*(np.mgrid[:240, :320] - np.array([120, 160]).reshape(2, 1, 1))) < 45
    assert (blind[inside] == 255).all()


def test_a_crisp_edge_is_not_looked_at_again(mug):
    crisp = np.where(mug.alpha > 127, 255, 0).astype(np.uint8)

    def never(batch):
        raise AssertionError

    assert np.array_equal(hair.refine_hair(mug.photo, crisp, never, side=SIDE), crisp)


def test_what_was_painted_stays(tuft):
    photo, found, _ = tuft
    stroke = {"points": [[0.5, 0.2]], "size": 0.1, "keep": False}
    found[found.shape[0] // 5, found.shape[1] // 2] = 0
    made = hair.refine_hair(photo, found, red, side=SIDE, strokes=[stroke])
    assert made[found.shape[0] // 5, found.shape[1] // 2] == 0


def test_a_photo_that_the_network_saw_in_full_is_left_alone(tuft):
    photo, found, _ = tuft
    assert np.array_equal(hair.refine_hair(photo, found, red, side=320), found)


def test_progress_is_told_to_the_end(tuft):
    photo, found, _ = tuft
    told = []
    hair.refine_hair(photo, found, red, side=SIDE, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
