"""What is seen before the result is there."""

import io

import numpy as np
import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.models import Attempt, Job
from tools.pipeline import ops
from tools.pipeline.resize import averaged
from tools.queue import leases
from tools.rendering import progress, render
from tools.storage import files
from tools.web import serializers
from tools.workers import cpu

LOOK = 5_000  # pixels; the photo has five times as many


@pytest.fixture(autouse=True)
def small_looks(monkeypatch):
    monkeypatch.setattr(ops, "LOOK_PIXELS", LOOK)


@pytest.fixture
def told(monkeypatch):
    """What an attempt says of itself when its result begins to be computed."""
    found, real = [], render.seen

    def seen(run, plan):
        found.append(serializers.serialize_attempt(Attempt.objects.get(status=Job.Status.RUNNING)))
        return real(run, plan)

    monkeypatch.setattr(render, "seen", seen)
    return found


def made(photo, **params):
    attempt = lifecycle.start_attempt(photo, "add-background", {"scene": "studio-coral", **params})
    cpu.work_once()
    attempt.refresh_from_db()
    return attempt


def pixels(name):
    return np.asarray(Image.open(io.BytesIO(files.read_file(name))).convert("RGB"))


def test_the_second_attempt_is_looked_at_before_it_is_done(photo, told, browser):
    made(photo)
    second = made(photo, scene="studio-warm", ratio="4:5")
    assert told[0]["look"] is None, "the first finds the product, which takes longer than the rest"
    assert (told[1]["status"], told[1]["preview"]) == ("running", None)
    assert b"".join(browser.get(told[1]["look"]).streaming_content)
    assert (told[1]["width"], told[1]["height"]) == (second.width, second.height)
    look = pixels(files.attempt_first_look_path(second.pk))
    height, width = look.shape[:2]
    assert LOOK / 2 < width * height <= LOOK
    result = averaged(pixels(files.attempt_preview_path(second.pk)), (width, height))
    assert np.abs(look.astype(int) - result).mean() < 4


def test_a_result_stands_for_itself(photo):
    made(photo)
    second = made(photo, scene="studio-warm")
    assert serializers.serialize_attempt(second)["look"] is None
    assert second.facts["look"]["seconds"] >= 0
    assert "on_smaller" not in second.facts


def test_what_is_known_already_is_not_looked_at_first(photo, told):
    lifecycle.delete_attempt(made(photo))
    made(photo)
    assert told[1]["look"] is None


def test_progress_goes_on_after_a_look(photo, monkeypatch):
    made(photo)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_REPORTS", 0)
    shares, real = [], leases.report_progress

    def report(job, step, share):
        shares.append(share)
        return real(job, step, share)

    monkeypatch.setattr(leases, "report_progress", report)
    made(photo, scene="marble-light")
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1


def test_a_look_at_what_was_called_off_leaves_nothing(photo, monkeypatch):
    made(photo)
    second = lifecycle.start_attempt(photo, "add-background", {"scene": "studio-warm"})

    def put(name, content, real=files.write_file):
        real(name, content)
        if name == files.attempt_first_look_path(second.pk):
            lifecycle.cancel_attempt(second)

    monkeypatch.setattr(files, "write_file", put)
    cpu.work_once()
    second.refresh_from_db()
    assert second.status == Job.Status.CANCELLED
    assert not files.file_exists(files.attempt_first_look_path(second.pk))


def test_a_look_goes_with_its_attempt(photo, django_capture_on_commit_callbacks):
    made(photo)
    second = made(photo, scene="studio-warm")
    assert files.file_exists(files.attempt_first_look_path(second.pk))
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.delete_attempt(second)
    assert not files.file_exists(files.attempt_first_look_path(second.pk))
