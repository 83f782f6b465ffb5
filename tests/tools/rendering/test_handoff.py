import numpy as np
import pytest

from tools.attempts import lifecycle
from tools.models import Attempt
from tools.pipeline.errors import StepFailedError
from tools.queue import leases
from tools.rendering import handoff
from tools.storage import files

VALUE = np.arange(12, dtype=np.uint8).reshape(3, 4)


@pytest.fixture
def job(photo):
    lifecycle.start_attempt(photo, "remove-background", {})
    return leases.claim_job(Attempt.objects.all())


def test_a_job_goes_on_with_what_was_computed_and_what_it_took(job, settings):
    settings.SEVERAL_MACHINES = True
    assert handoff.pass_on_job(job, "matte", seconds=2.0, values={"abc": VALUE})
    row = Attempt.objects.get()
    assert (row.status, row.lot, row.legs, row.tries) == ("queued", "matte", 1, 0)
    assert (row.seconds, row.handed) == (2.0, ["abc"])
    assert not handoff.pass_on_job(job, "matte", seconds=1.0, values={})


def test_another_machine_finds_what_was_handed_over(job, settings, tmp_path):
    settings.SEVERAL_MACHINES = True
    handoff.pass_on_job(job, "matte", seconds=2.0, values={"abc": VALUE})
    settings.STEPS_DIR = tmp_path / "elsewhere"
    store = handoff.store(Attempt.objects.get())
    assert "abc" in store
    assert np.array_equal(store.get("abc"), VALUE)
    files.remove_files([files.handoff_path(job.pk, "abc")])
    # It has it now.
    assert np.array_equal(handoff.store(Attempt.objects.get()).get("abc"), VALUE)
    assert store.get("another") is None


def test_what_was_handed_over_and_is_gone_is_computed_again(job, settings):
    settings.SEVERAL_MACHINES = True
    handoff.pass_on_job(job, "matte", seconds=2.0, values={"abc": VALUE})
    files.remove_files([files.handoff_path(job.pk, "abc")])
    assert handoff.store(Attempt.objects.get()).get("abc") is None


def test_one_machine_has_its_store_and_hands_nothing_over(job):
    assert handoff.hand_over(job, {"abc": VALUE}) == []
    assert files.list_folder(files.handoff_path(job.pk)) == []


def test_a_job_that_goes_round_in_circles_ends(job):
    job.legs = handoff.MOST_LEGS
    with pytest.raises(StepFailedError):
        handoff.pass_on_job(job, "matte", seconds=0, values={})
