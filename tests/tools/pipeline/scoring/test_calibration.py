import numpy as np
import pytest

from tools.pipeline.scoring import calibration
from tools.pipeline.scoring.calibration import Case
from tools.pipeline.scoring.calibration_curve import draw_calibration

SIGNS = {"good": 1, "noise": -1}


def made(things=12, each=6):
    """Pictures whose overlap follows one doubt and not the other."""
    random = np.random.default_rng(1)
    cases = []
    for thing in range(things):
        for _ in range(each):
            good = random.uniform(0, 1)
            iou = float(np.clip(0.6 + 0.4 * good + random.normal(0, 0.02), 0, 1))
            doubts = {"good": good, "noise": random.uniform(0, 1)}
            cases.append(Case(f"thing {thing}", iou, doubts))
    return cases


def test_a_fit_finds_what_speaks_for_an_outline_and_hears_nothing_else():
    model = calibration.fit_model(made(), SIGNS)
    assert model.weights["good"] > 3
    assert abs(model.weights["noise"]) < model.weights["good"] / 5


def test_a_doubt_never_speaks_the_wrong_way():
    turned = {"good": -1, "noise": 1}
    model = calibration.fit_model(made(), turned)
    assert model.weights["good"] == pytest.approx(0)


def test_what_is_sure_is_good_and_what_is_bad_is_not_sure():
    cases = made()
    _, sure = calibration.leave_out(cases, SIGNS)
    report = calibration.judge_claims(sure, np.array([case.iou for case in cases]))
    assert report.bad_unsure >= 0.9
    assert report.poor_sure == 0
    assert report.sure_good >= 0.9
    assert report.sure > 5


def test_a_thing_is_judged_by_a_model_that_has_not_seen_it():
    # What holds for one thing alone is not known of it when it is left out.
    cases = [*made(), *(Case("odd", 0.99, {"good": 0.0, "noise": 0.5}) for _ in range(30))]
    confidences, _ = calibration.leave_out(cases, SIGNS)
    of_odd = confidences[[case.thing == "odd" for case in cases]]
    assert of_odd.max() < 0.2


def test_the_threshold_is_the_lowest_at_which_claims_hold():
    cases = [Case("a", iou, {}) for iou in (0.5, 0.95, 0.96, 0.97)]
    threshold = calibration.choose_threshold(np.array([0.4, 0.3, 0.6, 0.8]), cases)
    assert 0.4 < threshold <= 0.6
    assert calibration.choose_threshold(np.array([0.9, 0.3, 0.6, 0.8]), cases) == 1


def test_claims_are_counted_as_the_words_have_it():
    overlaps = np.array([0.6, 0.85, 0.92, 0.97, 0.98])
    report = calibration.judge_claims(np.array([True, False, True, False, True]), overlaps)
    assert (report.bad, report.bad_unsure, report.poor_sure) == (2, 0.5, 1)
    assert (report.fine, report.fine_unsure) == (2, 0.5)
    assert (report.sure, report.sure_good) == (3, pytest.approx(2 / 3))
    assert not report.reached


def test_pictures_of_one_thing_are_known_by_their_names():
    names = ("p_bear_plushie_00", "p_bear_plushie_04", "p_berry_bowl_01")
    assert [calibration.thing_of(name) for name in names] == ["p_bear", "p_bear", "p_berry"]


def test_the_curve_says_what_was_so_of_what_was_said():
    confidences, overlaps = np.linspace(0, 1, 80), np.where(np.arange(80) < 40, 0.5, 0.95)
    slices = calibration.calibration(confidences, overlaps, bins=4)
    assert [so for _, so, _ in slices] == [0, 0, 1, 1]
    assert [count for *_, count in slices] == [20] * 4
    drawn = draw_calibration(slices, 0.7)
    assert drawn.shape == (600, 600, 3)
    assert (drawn != 255).any()
