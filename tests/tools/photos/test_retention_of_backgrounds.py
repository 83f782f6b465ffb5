"""What goes with a photo that is deleted."""

import pytest

from tools.attempts import lifecycle
from tools.models import Attempt, Photo
from tools.photos import uploads
from tools.storage import files
from tools.workers import cpu


@pytest.fixture
def standing(photo, upload):
    """(the picture, an attempt on it, and one that goes on from that)."""
    from tools.rendering import ingest

    picture = upload()
    ingest.ingest_photo(picture.pk)
    picture.refresh_from_db()
    # Other pixels than the photo's, as far as rows tell.
    Photo.objects.filter(pk=photo.pk).update(digest="f" * 64)
    photo.refresh_from_db()
    behind = {"digest": picture.digest, "width": picture.width, "height": picture.height}
    made = lifecycle.start_attempt(
        photo, "add-background", {"background": "picture", "picture": behind}
    )
    Attempt.objects.filter(pk=made.pk).update(status="done")
    made.refresh_from_db()
    after = lifecycle.start_attempt(photo, "enhance-photo", {}, parent=made)
    return picture, made, after


def test_a_picture_takes_along_what_it_is_seen_in_and_leaves_the_photo(standing, photo):
    picture, made, after = standing
    other = lifecycle.start_attempt(photo, "remove-background", {})
    files.write_file(files.attempt_preview_path(made.pk), b"with the picture in it")
    uploads.delete_photo(picture)
    assert list(Photo.objects.all()) == [photo]
    assert list(Attempt.objects.all()) == [other]
    assert not Attempt.objects.filter(pk__in=[made.pk, after.pk]).exists()


def test_its_files_go_when_the_rows_have_gone(standing, django_capture_on_commit_callbacks):
    picture, made, _ = standing
    files.write_file(files.attempt_preview_path(made.pk), b"with the picture in it")
    with django_capture_on_commit_callbacks(execute=True):
        uploads.delete_photo(picture)
    assert not files.file_exists(files.attempt_preview_path(made.pk))
    assert not files.file_exists(files.pixels_path(picture.digest))


def test_the_same_picture_twice_is_still_there_when_one_of_the_two_goes(standing, upload):
    from tools.rendering import ingest

    picture, made, after = standing
    again = upload()
    ingest.ingest_photo(again.pk)
    uploads.delete_photo(picture)
    assert {made.pk, after.pk} == set(Attempt.objects.values_list("pk", flat=True))


def test_another_visitors_result_on_the_same_picture_is_theirs(standing, photo):
    from accounts.models import Visitor

    picture, made, _ = standing
    stranger = Visitor.objects.create()
    Photo.objects.filter(pk=photo.pk).update(visitor=stranger)
    uploads.delete_photo(picture)
    assert Attempt.objects.filter(pk=made.pk).exists()


def test_what_waits_for_it_in_the_queue_is_never_begun(standing):
    picture, _, after = standing
    assert after.status == "queued"
    uploads.delete_photo(picture)
    assert not cpu.work_once()
