import cv2
import numpy as np
import pytest

from tests.tools.pipeline.matting.test_network import belief, overlap
from tools.pipeline.matting import opinions, subject


class Looks:
    """A network that says what it is told to, and remembers how it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, photo, side, *, mirrored=False):
        self.asked.append((side, mirrored))
        said = self.answers[min(len(self.asked), len(self.answers)) - 1]
        said = cv2.resize(said, (side, side), interpolation=cv2.INTER_LINEAR)
        return np.ascontiguousarray(said, np.float32)


@pytest.fixture
def sharp(mug):
    """As a network says it that has next to no doubts."""
    return cv2.resize(mug.alpha, (288, 288), interpolation=cv2.INTER_AREA) / np.float32(255) * 0.99


@pytest.fixture
def classical(monkeypatch):
    """What the classical search answers, where a test says so; it counts how often it was asked."""
    asked = []

    def answers(alpha, confidence):
        def find(photo):
            asked.append(photo.shape)
            return {"alpha": alpha, "confidence": confidence, "empty": not alpha.any()}

        monkeypatch.setattr(subject, "find_subject", find)
        return asked

    return answers


def half_of(alpha):
    half = alpha.copy()
    half[:, : alpha.shape[1] * 45 // 100] = 0
    return half


def test_one_look_is_enough_where_nothing_is_doubted(mug, sharp, classical):
    asked = classical(mug.alpha, 1.0)
    looks = Looks(sharp)
    found = opinions.find_subject(mug.photo, looks)
    # The second only judges the outline.
    assert looks.asked == [(opinions.SIDE, False), (opinions.SIDE, True)]
    assert asked == []
    assert found["looks"] == 1
    assert overlap(found["alpha"], mug.alpha) > 0.98


def test_a_doubtful_look_is_followed_by_a_mirrored_and_a_larger_one(mug, classical):
    classical(np.zeros((480, 480), np.uint8), 0.0)
    looks = Looks(belief(mug.alpha, side=288, high=0.7), belief(mug.alpha, side=288, high=0.98))
    found = opinions.find_subject(mug.photo, looks)
    assert looks.asked == [(288, False), (288, True), (384, False)]
    assert found["looks"] == 3
    assert found["classical"] is False
    assert overlap(found["alpha"], mug.alpha) > 0.98


def wavering(alpha):
    """A network that sees half of the thing at its first look, and the other half after it."""
    half = half_of(alpha)
    return Looks(belief(half, high=0.62), belief(alpha - half, high=0.62))


def test_the_classical_search_is_believed_where_the_network_wavers(mug, classical):
    whole = cv2.resize(mug.alpha, (480, 480), interpolation=cv2.INTER_AREA)
    classical(whole, 0.95)
    found = opinions.find_subject(mug.photo, wavering(mug.alpha))
    assert found["classical"] is True
    assert np.array_equal(found["alpha"], whole)
    assert found["confidence"] == 0.95


def test_the_classical_search_is_not_believed_where_it_is_in_doubt_itself(mug, classical):
    classical(cv2.resize(half_of(mug.alpha), (480, 480)), 0.2)
    found = opinions.find_subject(mug.photo, Looks(belief(mug.alpha, high=0.9)))
    assert found["classical"] is False
    assert overlap(found["alpha"], mug.alpha) > 0.98


def test_a_stroke_does_not_change_whom_to_believe(mug, classical):
    whole = cv2.resize(mug.alpha, (480, 480), interpolation=cv2.INTER_AREA)
    classical(whole, 0.95)
    drop = {"keep": False, "size": 0.05, "points": [[0.35, 0.35], [0.35, 0.4]]}
    after = opinions.find_subject(mug.photo, wavering(mug.alpha), strokes=[drop])["alpha"]
    side = whole.shape[0]
    assert after[int(0.37 * side), int(0.35 * side)] == 0
    untouched = slice(int(0.55 * side), None)
    assert np.array_equal(after[untouched], whole[untouched])


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_flat_picture_has_no_subject_whatever_the_network_says(level, mug):
    flat = np.full((300, 400, 3), level, np.uint8)
    found = opinions.find_subject(flat, Looks(belief(mug.alpha, high=0.7)))
    assert found["empty"]
    assert not found["alpha"].any()


def test_a_photo_that_came_cut_out_is_not_looked_at(mug):
    looks = Looks(np.zeros((288, 288), np.float32))
    found = opinions.find_subject(np.dstack([mug.photo, mug.alpha]), looks)
    assert looks.asked == []
    assert overlap(found["alpha"], mug.alpha) > 0.98
