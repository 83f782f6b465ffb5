import pytest
from celery import current_app

from tools.attempts import lifecycle
from tools.definition.registry import InvalidParamsError, UnknownToolError
from tools.errors import PhotoGoneError, TooManyError
from tools.models import Attempt, Job
from tools.pipeline.errors import EngineUnavailableError
from tools.workers import cpu

TOOL = "remove-background"


def start(photo, **params):
    return lifecycle.start_attempt(photo, TOOL, params)


PROOF = "prove_in_place"


@pytest.fixture
def ran(monkeypatch):
    """The names of the steps that each attempt has computed."""
    found = []
    monkeypatch.setattr(
        "tools.pricing.durations.learn_durations",
        lambda timings, *a, **k: found.append([step.op.name for step, _ in timings]),
    )
    return found


def test_an_attempt_is_queued_and_then_done(photo):
    attempt = start(photo)
    assert attempt.status == Job.Status.QUEUED
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == Job.Status.DONE
    assert (attempt.width, attempt.height) == (photo.width, photo.height)
    assert attempt.facts["subject"]["confidence"] > 0


def test_the_message_is_sent_when_the_row_is_there(
    photo, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda task, *_, **__: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        start(photo)
        assert sent == []
    assert sent == ["tools.tasks.work"]


def test_a_photo_that_turns_out_bad_fails_its_attempt_with_its_own_word(upload, mug, as_file):
    whole = as_file(mug, "JPEG")
    attempt = start(upload(whole[: len(whole) // 2], name="mug.jpg"))
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.error) == (Job.Status.FAILED, "truncated")


def test_a_cancelled_attempt_stays_cancelled(photo):
    attempt = start(photo)
    assert lifecycle.cancel_attempt(attempt)
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == Job.Status.CANCELLED


def test_what_has_ended_is_not_cancelled(photo):
    attempt = start(photo)
    cpu.work_once()
    assert not lifecycle.cancel_attempt(attempt)


def test_the_second_attempt_computes_only_what_changed(photo, ran):
    start(photo)
    cpu.work_once()
    start(photo, softness=0.5)
    cpu.work_once()
    assert ran[0] == ["source", "subject", "refine", "foreground", "cut_out", PROOF]
    assert ran[1] == ["refine", "foreground", "cut_out", PROOF]


def test_a_stroke_is_computed_without_looking_for_the_product_again(photo, ran):
    stroke = {"keep": True, "size": 0.05, "points": [[0.5, 0.5], [0.6, 0.5]]}
    for count in range(4):
        start(photo, strokes=[stroke] * count)
        cpu.work_once()
    brushed = ["reshape", "retouch", "foreground", "cut_out", PROOF]
    assert ran[0] == ["source", "subject", "refine", "foreground", "cut_out", PROOF]
    # The first one, too: the matte is there from the attempt without strokes.
    assert ran[1] == ran[2] == ran[3] == brushed


def test_the_other_answer_is_another_attempt_at_the_same_photo(photo, ran):
    start(photo)
    cpu.work_once()
    attempt = start(photo, other_answer=True)
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == Job.Status.DONE
    assert ran[1][:2] == ["second", "refine"]


def test_a_stroke_says_whether_it_means_the_whole_thing(photo):
    stroke = {"keep": False, "size": 0.02, "points": [[0.5, 0.5]]}
    said = [stroke, {**stroke, "whole": True}, {**stroke, "whole": False}, {**stroke, "whole": 1}]
    assert start(photo, strokes=said).params["strokes"] == [
        stroke,
        {**stroke, "whole": True},
        stroke,
        stroke,
    ]


def test_the_scenes_that_are_suggested_are_drawn_before_they_are_picked(photo, monkeypatch, ran):
    monkeypatch.setattr("tools.rendering.warm_scenes.is_warm", lambda scene: True)
    start(photo)
    cpu.work_once()
    photo.refresh_from_db()
    lifecycle.start_attempt(photo, "add-background", {"scene": photo.suggestions[-1]["scene"]})
    cpu.work_once()
    assert ran[1] == ["placement", "shade", "compose", "prove_composite"]


@pytest.mark.parametrize(
    ("params", "field"),
    [({"softness": 7}, "softness"), ({"softnes": 0.5}, "softnes"), ({"strokes": "x"}, "strokes")],
)
def test_wrong_parameters_start_nothing(photo, params, field):
    with pytest.raises(InvalidParamsError) as error:
        start(photo, **params)
    assert field in error.value.fields
    assert not Attempt.objects.exists()


def test_an_unknown_tool_starts_nothing(photo):
    with pytest.raises(UnknownToolError):
        lifecycle.start_attempt(photo, "make-better", {})


def test_an_engine_that_is_not_there_starts_nothing(photo):
    with pytest.raises(EngineUnavailableError):
        lifecycle.start_attempt(photo, TOOL, {}, wanted={"matte": "birefnet"})
    assert not Attempt.objects.exists()


def test_a_visitor_has_only_so_many_open_attempts(photo, monkeypatch):
    monkeypatch.setattr("tools.queue.open_limits.ATTEMPTS", 2)
    start(photo)
    start(photo, softness=0.5)
    with pytest.raises(TooManyError):
        start(photo, softness=0.9)
    # What is on its way already is no more work.
    start(photo)


def test_a_refused_photo_takes_no_attempt(upload):
    from tools.rendering import ingest

    refused = upload()
    type(refused).objects.filter(pk=refused.pk).update(state="refused", error="damaged")
    ingest.ingest_photo(refused.pk)
    refused.refresh_from_db()
    with pytest.raises(PhotoGoneError):
        start(refused)
