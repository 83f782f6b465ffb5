import numpy as np

from tools.pipeline.matting import fusion, subject
from tools.pipeline.matting.choice import choose


def chosen(photo, *masks):
    scene = fusion.scene(subject._lab(photo))
    measured = fusion.measured(scene)
    return choose(scene, masks, fusion.subjectness(measured), measured)


def test_the_mask_that_holds_all_of_the_subject_and_nothing_else_is_chosen(mug):
    photo, truth = mug.photo[::2, ::2], mug.alpha[::2, ::2] > 127
    half = truth.copy()
    half[: truth.shape[0] // 2] = False
    much = np.zeros_like(truth)
    much[20:-20, 20:-20] = True
    assert chosen(photo, half, truth, much).best == 1


def test_masks_that_agree_are_trusted_more_than_one_that_stands_alone(mug):
    photo, truth = mug.photo[::2, ::2], mug.alpha[::2, ::2] > 127
    elsewhere = np.zeros_like(truth)
    elsewhere[:60, :60] = True
    together = chosen(photo, truth, truth)
    apart = chosen(photo, elsewhere, ~truth)
    assert together.confidence > 0.8
    assert together.evident
    assert apart.confidence < together.confidence
