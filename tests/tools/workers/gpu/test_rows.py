from uuid import uuid4

import pytest
from django.utils import timezone

from tools.attempts import lifecycle
from tools.exports import files
from tools.models import Attempt, Export, Job
from tools.workers.gpu import rows
from tools.workers.gpu.batch_turn import Turn


@pytest.fixture
def attempt(photo):
    made = lifecycle.start_attempt(photo, "remove-background", {})
    Attempt.objects.update(started=timezone.now(), seconds=1.5, handed=["a"], parent=made)
    return Attempt.objects.get()


def columns(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_an_attempt_comes_as_it_is_with_its_photo(attempt, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = rows.whole(Attempt, attempt.pk)
        shown = found.photo
    assert columns(found) == columns(attempt)
    assert columns(shown) == columns(attempt.photo)


def test_a_file_comes_with_its_attempt_and_photo(attempt, django_assert_num_queries):
    Attempt.objects.update(status=Job.Status.DONE)
    attempt.refresh_from_db()
    made = files.start_export(attempt, files.parse_options({"format": "webp"}))
    with django_assert_num_queries(1):
        found = rows.whole(Export, made.pk)
        shown = found.attempt.photo
    assert columns(found) == columns(Export.objects.get())
    assert columns(found.attempt) == columns(attempt)
    assert columns(shown) == columns(attempt.photo)


@pytest.mark.django_db
def test_one_that_was_deleted_is_nothing():
    assert rows.whole(Attempt, uuid4()) is None


def test_a_turn_that_nobody_can_write_down_holds_nothing(attempt):
    turn = Turn("lot", None, [attempt], patience=1)
    turn.let_go()
    assert turn.jobs == []
