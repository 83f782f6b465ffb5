from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tools.models import Attempt, DeadLetter
from tools.queue import dead_letters

pytestmark = pytest.mark.django_db


def test_a_cause_is_told_by_its_class_and_place_and_not_by_its_words():
    with pytest.raises(ValueError, match="stranger") as raised:
        int("a stranger's file says so")
    said = dead_letters.describe_cause(raised.value)
    assert said.startswith("ValueError in test_dead_letters.py:")
    assert "stranger" not in said
    assert dead_letters.describe_cause(ValueError("never raised")) == "ValueError"


def test_what_was_given_up_is_written_down_with_its_tries():
    job = Attempt(tries=3)
    dead_letters.note_dead_job(job, "worker-lost", dead_letters.LOST)
    row = DeadLetter.objects.get()
    assert (row.kind, row.subject, row.error, row.tries) == ("attempt", job.pk, "worker-lost", 3)
    assert row.cause == dead_letters.LOST


def test_what_is_long_past_is_forgotten():
    for _ in range(2):
        dead_letters.note_dead_letter("photo", uuid4(), "x", tries=1, cause="a" * 500)
    old = DeadLetter.objects.first()
    late = timezone.now() - dead_letters.KEPT - timedelta(minutes=1)
    DeadLetter.objects.filter(pk=old.pk).update(created=late)
    dead_letters.forget_old_letters()
    assert DeadLetter.objects.exclude(pk=old.pk).get().cause == "a" * 200
