from datetime import timedelta

import pytest
from django.utils import timezone

from tools.attempts import lifecycle
from tools.models import Attempt, Check, Loss, Photo, Upload
from tools.photos import retention
from tools.rendering import ingest
from tools.storage import files
from tools.workers import cpu


@pytest.fixture
def deleted(django_capture_on_commit_callbacks):
    def deleted():
        with django_capture_on_commit_callbacks(execute=True):
            retention.delete_expired()

    return deleted


def left(folder):
    return [path for path in (folder / "pictures").rglob("*") if path.is_file()]


def test_a_photo_goes_at_its_time_with_all_that_was_made_of_it(photo, deleted, own_folders):
    lifecycle.start_attempt(photo, "remove-background", {})
    cpu.work_once()
    deleted()
    assert left(own_folders)
    Photo.objects.update(expires=timezone.now())
    deleted()
    assert not Photo.objects.exists()
    assert not Attempt.objects.exists()
    assert left(own_folders) == []
    assert Loss.objects.get().visitor_id == photo.visitor_id


def test_pixels_that_another_photo_has_too_stay_for_it(photo, upload, deleted):
    other = upload()
    ingest.ingest_photo(other.pk)
    Photo.objects.filter(pk=photo.pk).update(expires=timezone.now())
    deleted()
    assert files.file_exists(files.pixels_path(photo.digest))
    Photo.objects.update(expires=timezone.now())
    deleted()
    assert not files.file_exists(files.pixels_path(photo.digest))


@pytest.mark.django_db
def test_what_was_begun_or_looked_at_is_forgotten_after_a_while(visitor, deleted):
    upload = Upload.objects.create(visitor=visitor, name="a.png", bytes=10)
    check = Check.objects.create(file="checks/x")
    deleted()
    assert Upload.objects.exists()
    assert Check.objects.exists()
    Upload.objects.filter(pk=upload.pk).update(created=timezone.now() - retention.UPLOAD_KEPT)
    later = timezone.now() - retention.CHECK_KEPT - timedelta(seconds=1)
    Check.objects.filter(pk=check.pk).update(created=later)
    deleted()
    assert not Upload.objects.exists()
    assert not Check.objects.exists()
