import json

import pytest

from tools.attempts import lifecycle
from tools.benchmarks import load, simulated_engine
from tools.models import Attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(tmp_path, monkeypatch):
    path = tmp_path / "notes"
    monkeypatch.setenv(simulated_engine.NOTES, str(path))

    def write(**note):
        with path.open("a") as file:
            file.write(json.dumps(note) + "\n")

    return write


def test_a_job_that_was_begun_again_counts_from_its_last_beginning(notes):
    assert load.begun() == {}
    notes(seeds=[1, 2], begun=10.0)
    notes(seeds=[2, 3], begun=20.0)
    assert load.begun() == {1: 10.0, 2: 20.0, 3: 20.0}
    assert load.until([1, 3])[3] == 20.0


def test_a_device_that_does_nothing_is_given_up(notes, monkeypatch):
    monkeypatch.setattr(load, "PATIENCE", -1)
    with pytest.raises(TimeoutError):
        load.until([1])


def test_a_crowd_is_of_as_many_visitors_as_it_takes():
    photos = list(load.crowd(load.A_VISITORS_SHARE + 1))
    assert len({photo.visitor_id for photo in photos}) == 2


def test_jobs_of_one_process_are_told_by_its_number(photo):
    lifecycle.start_attempt(photo, "erase-object", {"strokes": [load.STROKE], "seed": 7})
    assert load.held_by(12) == []
    Attempt.objects.update(status="running", owner="host:12:3")
    assert (load.held_by(12), load.held_by(2)) == ([7], [])
