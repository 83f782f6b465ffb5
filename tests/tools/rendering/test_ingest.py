"""Every upload ends: ready, or refused in words; and what we gave up stands in a list."""

from datetime import timedelta

import cv2
import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tools.models import Attempt, DeadLetter, Photo
from tools.rendering import decoding, ingest
from tools.storage import files
from tools.web.serializers import serialize_photo
from tools.workers import reaper

LONG_AGO = timedelta(hours=1)


def wait(photo):
    """As if an hour had gone by."""
    then = timezone.now() - LONG_AGO
    Photo.objects.filter(pk=photo.pk).update(created=then)
    Photo.objects.filter(pk=photo.pk).exclude(read_until=None).update(read_until=then)


@pytest.fixture
def poisoned(upload, monkeypatch):
    """A photo on which reading breaks in a way that nobody foresaw, and how often it was read."""
    read = []

    def break_down(*_, **__):
        read.append(1)
        raise RuntimeError("nobody foresaw it")

    photo = upload()
    monkeypatch.setattr(decoding, "decode_upload", break_down)
    photo.read = read
    return photo


def test_a_file_that_breaks_the_reader_is_refused_in_words_after_three_tries(poisoned):
    for _ in range(5):
        wait(poisoned)
        for photo_id in reaper.list_unread():
            ingest.ingest_photo(photo_id)
    poisoned.refresh_from_db()
    assert (poisoned.state, poisoned.error) == (Photo.State.REFUSED, "reading-failed")
    assert len(poisoned.read) == 3
    assert "our side" in serialize_photo(poisoned)["words"]
    assert not default_storage.exists(files.incoming_path(poisoned.pk))
    letter = DeadLetter.objects.get()
    assert (letter.kind, letter.subject, letter.tries) == ("photo", poisoned.pk, 3)
    assert letter.cause.startswith("RuntimeError")


def test_a_reader_that_is_killed_again_and_again_is_not_given_the_file_for_ever(upload):
    photo = upload()
    for _ in range(3):
        # What a killed reader leaves: it has begun, and has written nothing more.
        assert ingest.begin_try(photo.pk)
        assert reaper.list_unread() == []
        wait(photo)
    assert reaper.list_unread() == [str(photo.pk)]
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.error) == (Photo.State.REFUSED, "reading-failed")
    assert DeadLetter.objects.get().cause == "the reader was lost"


def test_an_attempt_on_a_file_that_breaks_the_reader_ends_with_it(poisoned):
    attempt = Attempt(photo=poisoned, tool="remove-background")
    assert ingest.read_photo_now(attempt.photo).state == Photo.State.REFUSED


def test_a_refusal_is_the_visitors_and_no_dead_letter(upload, as_file, mug):
    data = as_file(mug)
    photo = upload(data[:-20] + bytes(4) + data[-16:])
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
    assert not DeadLetter.objects.exists()


@pytest.mark.parametrize("size", [(400, 12_000), (2, 200), (140, 14_000)])
def test_a_long_panorama_is_read(upload, as_file, size):
    photo = upload(as_file(np.full((*size, 3), 200, np.uint8)))
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.width, photo.height) == (Photo.State.READY, size[1], size[0])
    preview = files.read_file(files.photo_preview_path(photo.pk))
    assert cv2.imdecode(np.frombuffer(preview, np.uint8), cv2.IMREAD_COLOR).shape[1] <= 16_383
