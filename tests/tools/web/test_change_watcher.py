"""Open pages hear of what changed, and of what is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tools.attempts import lifecycle
from tools.models import Attempt
from tools.photos import retention, uploads
from tools.web.change_watcher import Watcher


@pytest.fixture
def heard(visitor):
    """Whose pages are told, since the last look."""
    watcher = Watcher()

    def heard():
        watcher.version = None
        return watcher.look(timezone.now() - timedelta(seconds=3))

    return heard


def test_a_photo_deleted_elsewhere_is_heard_of_once(heard, photo, visitor):
    heard()
    uploads.delete_photo(photo)
    assert heard() == {visitor.pk}
    assert heard() == set()


def test_a_deleted_attempt_is_heard_of(heard, photo, visitor):
    attempt = lifecycle.start_attempt(photo, "remove-background", {})
    heard()
    lifecycle.delete_attempt(attempt)
    assert not Attempt.objects.exists()
    assert heard() == {visitor.pk}


def test_a_photo_whose_time_has_come_is_heard_of(heard, photo, visitor):
    heard()
    type(photo).objects.update(expires=timezone.now())
    retention.delete_expired()
    assert heard() == {visitor.pk}
