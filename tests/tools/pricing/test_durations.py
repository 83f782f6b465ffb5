import pytest

from tools.models import StepDuration
from tools.pipeline import engines, ops
from tools.pipeline.graph import make_source, plan_steps
from tools.pricing import durations

pytestmark = pytest.mark.django_db
PHOTO = make_source("digest", 100, 100)
CHOSEN = engines.choose_engines({"matte"}, {})
ENGINE = CHOSEN["matte"]
STEPS = plan_steps(ops.make_matte(PHOTO, strokes=[]), {"matte": ENGINE.versioned}).values()
MATTE = next(step.node for step in STEPS if step.node.op.kind == "matte")


def expected(megapixels=1.0):
    return durations.expected_seconds([MATTE], CHOSEN, megapixels=megapixels)


def test_what_was_never_measured_is_guessed_by_the_engines_pace():
    assert expected() == ENGINE.pace
    small = ops.make_proxy(make_source("digest", 4000, 3000))
    assert durations.expected_seconds([small], {}, megapixels=2) == 2 * durations.GUESS


def test_what_it_took_is_learned_by_megapixel_and_one_slow_run_changes_little():
    for seconds in (2.0, 2.0, 60.0):
        durations.learn_durations([(MATTE, seconds)], CHOSEN, megapixels=2)
    assert expected(megapixels=4) == pytest.approx(4)
    assert durations.seconds_by_engine() == {ENGINE.versioned: 1}


def test_only_the_last_runs_are_remembered():
    for at in range(durations.REMEMBERED + 5):
        durations.learn_durations([(MATTE, at)], CHOSEN, megapixels=1)
    recent = StepDuration.objects.get().recent
    assert (len(recent), recent[0]) == (durations.REMEMBERED, 5)
