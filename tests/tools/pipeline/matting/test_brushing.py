import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tools.pipeline import ops
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.graph import make_source
from tools.pipeline.matting import brushing, refine, steps, strokes

ROOT = Path(__file__).parents[4]
PICTURES, MATTES = ROOT / "tools/static/tools/samples", ROOT / "tests/data/samples"
NAMES = [row["name"] for row in json.loads((PICTURES / "index.json").read_text())][:10]
SIDE = 800


def smaller(picture):
    scale = SIDE / max(picture.shape)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def sample(name):
    photo = cv2.cvtColor(cv2.imread(str(PICTURES / f"{name}.jpg")), cv2.COLOR_BGR2RGB)
    return smaller(photo), smaller(cv2.imread(str(MATTES / f"{name}.alpha.png"), 0))


def overlap(found, truth):
    one, other = found > 127, truth > 127
    return np.count_nonzero(one & other) / np.count_nonzero(one | other)


def found(alpha):
    """As an engine says it, of a picture with that alpha."""
    return {"alpha": alpha, "confidence": 0.9, "empty": not (alpha > 127).any()}


def brushed(photo, alpha, *said):
    """The matte before and after, as the pipeline has them."""
    before = steps.refine_matte(photo, found(alpha), softness=0, shift=0)
    shape = steps.reshape_matte(photo, found(alpha), strokes=said)
    return before, steps.retouch_matte(photo, before, shape, strokes=said)


def stroke(*points, keep=True, size=0.03, **more):
    return {"keep": keep, "size": size, "points": [list(point) for point in points], **more}


def deepest(area):
    """(x, y) in shares of the sides and the radius in pixels of the largest circle in it."""
    depth = cv2.distanceTransform(np.pad(area.astype(np.uint8), 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(depth.argmax(), depth.shape)
    return ((x + 0.5) / area.shape[1], (y + 0.5) / area.shape[0]), float(depth.max())


def spoilt(truth, *, lost):
    """The true alpha without a round piece at its edge, or with one of the ground there."""
    rim = cv2.morphologyEx((truth > 127).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3)))
    ys, xs = np.nonzero(rim)
    at = len(ys) // 3
    spoil = truth.copy()
    cv2.circle(spoil, (int(xs[at]), int(ys[at])), SIDE // 16, 0 if lost else 255, cv2.FILLED)
    return spoil


@pytest.mark.parametrize("lost", [True, False], ids=["lost", "too-much"])
@pytest.mark.parametrize("name", NAMES)
def test_a_stroke_towards_the_truth_brings_the_matte_nearer_to_it(name, lost):
    photo, truth = sample(name)
    wrong = spoilt(truth, lost=lost)
    point, radius = deepest((wrong > 127) != (truth > 127))
    size = radius / SIDE
    before, after = brushed(photo, wrong, stroke(point, keep=lost, size=size))
    alone = before.copy()
    alone[strokes.draw([stroke(point, size=size)], *truth.shape) != 0] = 255 * lost
    assert overlap(after, truth) > overlap(before, truth)
    assert overlap(after, truth) >= overlap(alone, truth)


@pytest.mark.parametrize("keep", [True, False], ids=["keep", "erase"])
@pytest.mark.parametrize("side", [640, 1900])
def test_no_pixel_beyond_a_strokes_bound_changes(mug, keep, side):
    photo = cv2.resize(mug.photo, (side, side), interpolation=cv2.INTER_CUBIC)
    said = stroke((0.3, 0.4), (0.35, 0.6), keep=keep, size=0.04)
    wrong = mug.alpha.copy()
    wrong[:, : int(0.33 * 640)] = 0
    before, after = brushed(photo, wrong, said)
    away = cv2.distanceTransform(
        (strokes.draw([said], side, side) == 0).astype(np.uint8), cv2.DIST_L2, 5
    )
    # What it may grow by, and the width of an edge.
    bound = (strokes.reach(said) + refine.REACH + brushing.RIM / 1024) * side + 4
    assert (before != after).any()
    assert np.array_equal(before[away > bound], after[away > bound])


def test_erasing_the_ground_beside_a_like_coloured_sole_leaves_the_sole():
    random = np.random.default_rng(4)
    photo = np.clip(150 + random.normal(0, 6, (600, 800, 3)), 0, 255)
    photo[200:330, 200:600] = (60, 90, 160)
    photo[330:380, 200:600] += 4  # the sole, all but as the concrete
    photo = photo.astype(np.uint8)
    shoe = np.zeros((600, 800), np.uint8)
    shoe[200:380, 200:600] = 255
    too_much = shoe.copy()
    too_much[280:380, 600:640] = 255
    under = stroke((0.3, 0.648), (0.45, 0.648), keep=False, size=0.02)
    beside = stroke((0.78, 0.5), (0.78, 0.6), keep=False, size=0.02)
    before, after = brushed(photo, too_much, under, beside)
    sole = np.s_[340:370, 210:560]
    assert (after[sole] == 255).all()
    assert overlap(after, shoe) > overlap(before, shoe)


def test_keeping_a_lens_adds_nothing_elsewhere(mug):
    photo = mug.photo.copy()
    for x in (60, 580):  # as red as the mug, and none of it
        cv2.circle(photo, (x, 560), 30, (184, 33, 26), cv2.FILLED)
    wrong = mug.alpha.copy()
    wrong[260:380, 230:310] = 0
    before, after = brushed(photo, wrong, stroke((0.42, 0.45), (0.42, 0.55)))
    added = (after > 127) & ~(before > 127)
    assert not added[mug.alpha < 64].any()
    assert overlap(after, mug.alpha) > 0.97 > overlap(before, mug.alpha)


def test_a_tap_for_the_whole_thing_takes_all_of_it(mug):
    photo = mug.photo.copy()
    cv2.circle(photo, (90, 540), 50, (20, 60, 190), cv2.FILLED)
    both = cv2.circle(mug.alpha.copy(), (90, 540), 50, 255, cv2.FILLED)
    tap = (90 / 640, 540 / 640)
    _, gone = brushed(photo, both, stroke(tap, keep=False, size=0.01, whole=True))
    assert overlap(gone, mug.alpha) > 0.99
    _, added = brushed(photo, mug.alpha, stroke(tap, size=0.01, whole=True))
    assert overlap(added, both) > 0.97


def test_an_ordinary_dab_does_not_take_the_whole_thing(mug):
    photo = mug.photo.copy()
    cv2.rectangle(photo, (20, 20), (170, 620), (20, 60, 190), cv2.FILLED)
    _, added = brushed(photo, mug.alpha, stroke((0.15, 0.2), size=0.01))
    assert added[128, 96] == 255
    assert not added[320:, :180].any()


def test_what_was_painted_is_certain_and_the_later_stroke_wins(mug):
    first, second = stroke((0.45, 0.5), keep=False, size=0.1), stroke((0.45, 0.5), size=0.05)
    _, after = brushed(mug.photo, mug.alpha, first, second)
    paint = strokes.draw([first, second], 640, 640)
    assert (after[cv2.erode((paint == 1).astype(np.uint8), np.ones((3, 3))) > 0] == 255).all()
    _, turned = brushed(mug.photo, mug.alpha, second, first)
    assert turned[320, int(0.45 * 640)] == 0


def test_one_stroke_after_the_other_is_as_all_at_once(mug):
    said = [stroke((0.1 * n, 0.2), keep=bool(n % 2), size=0.02) for n in range(1, 8)]
    at_once = brushing.reshape_matte(mug.photo, found(mug.alpha), strokes=said)
    shape = found(mug.alpha)
    for each in said:
        shape = brushing.reshape_matte(mug.photo, shape, strokes=[each])
    assert np.array_equal(shape["alpha"], at_once["alpha"])
    assert np.array_equal(shape["near"], at_once["near"])


def test_a_keep_makes_a_subject_where_none_was_found_and_an_erase_does_not(lawn):
    nothing = np.zeros(lawn.shape[:2], np.uint8)
    _, after = brushed(lawn, nothing, stroke((0.5, 0.5), size=0.1))
    assert after[250, 320] == 255
    with pytest.raises(NoSubjectError):
        brushed(lawn, nothing, stroke((0.5, 0.5), keep=False))


def test_a_photo_that_came_cut_out_changes_where_it_was_painted_alone(mug):
    photo = np.dstack([mug.photo, mug.alpha])
    said = stroke((0.1, 0.1), size=0.05)
    before, after = brushed(photo, mug.alpha, said)
    assert np.array_equal(before != after, strokes.draw([said], 640, 640) != 0)


def test_the_newest_stroke_needs_none_of_what_was_computed_before():
    photo = make_source("digest", 800, 600)
    said = [stroke((0.1, 0.1 * n)) for n in range(1, 10)]

    def shapes(node):
        return [node, *(each for before in node.inputs for each in shapes(before))]

    def told(node):
        return {each.args for each in shapes(node) if each.op.name == "reshape"}

    before, after = ops.make_matte(photo, strokes=said[:8]), ops.make_matte(photo, strokes=said)
    assert len(told(after) - told(before)) == 1
    subjects = {each for node in (before, after) for each in shapes(node) if each.op.kind}
    assert subjects == {ops.subject(photo, strokes=[])}


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 3), (37, 41)])
def test_odd_sizes_are_brushed(shape):
    photo = np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)
    half = np.zeros(shape, np.uint8)
    half[: shape[0] // 2] = 255
    _, after = brushed(photo, half, stroke((0.5, 0.9), size=0.2))
    assert after.shape == shape
