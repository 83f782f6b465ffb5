"""Who paid for what an attempt is free of."""

from tools.models import Attempt
from tools.pipeline import ops
from tools.pipeline.engines import EMBEDDED, list_engines
from tools.pipeline.graph import make_source
from tools.pricing import paid_work

ENGINES = {
    "matte": list_engines()["matte", EMBEDDED],
    "denoise": list_engines()["denoise", EMBEDDED],
}
PHOTO = make_source("0" * 64, 100, 100)
STEPS = [("a", ops.subject(PHOTO), "one"), ("b", ops.clean(PHOTO), "other")]


def bill(**given):
    return paid_work.make_bill(STEPS, ENGINES, **{"done": {}, "kinds": {}, **given})


def test_what_nobody_has_done_is_paid_for():
    made = bill()
    assert [slug for slug, _ in made.to_pay] == ["one", "other"]
    assert made.free_after == {}


def test_what_was_done_before_is_free_after_whoever_paid():
    made = bill(done={"a": frozenset({"first"})}, kinds={"denoise": frozenset({"second"})})
    assert made.to_pay == []
    assert made.free_after == {"matte:embedded": ["first"], "denoise:embedded": ["second"]}


def test_work_that_is_lost_frees_nothing_and_the_rest_stays():
    attempt = Attempt(
        tool="one",
        engines={"matte": EMBEDDED, "denoise": EMBEDDED},
        free_after={"matte:embedded": ["gone"]},
    )
    kept = paid_work.Kept(attempt, frozenset({"matte:embedded"}))
    assert paid_work.built_in([kept]) == {"denoise": frozenset({str(attempt.pk)})}
