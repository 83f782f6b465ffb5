from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User, Visitor
from tools.models import Photo
from tools.photos import uploads
from tools.pipeline.intake.errors import RefusedError, TooManyBytesError
from tools.storage import files

pytestmark = pytest.mark.django_db


def test_what_the_header_tells_is_known_before_a_worker_has_read_it(upload, visitor):
    photo = upload(name="a/b.png")
    assert (photo.width, photo.height, photo.state) == (160, 160, Photo.State.RECEIVED)
    assert files.file_exists(photo.incoming)
    assert uploads.find_photo(visitor, photo.pk) == photo


@pytest.mark.parametrize("data", [b"", b"words", b"<svg/>"])
def test_what_is_refused_leaves_neither_row_nor_file(upload, own_folders, data):
    with pytest.raises(RefusedError):
        upload(data)
    assert not Photo.objects.exists()
    assert not [path for path in own_folders.rglob("*") if path.is_file()]


def test_size_is_looked_at_before_anything_is_kept(upload, settings):
    settings.PHOTO_MAX_BYTES = 10
    with pytest.raises(TooManyBytesError):
        upload()


def test_a_sample_is_a_photo_of_the_visitors_own(visitor):
    photo = uploads.receive_sample(visitor, "mug-on-paper")
    assert (photo.sample, photo.visitor) == ("mug-on-paper", visitor)


def test_whoever_is_signed_in_sees_the_photos_of_all_their_browsers(upload, visitor):
    photo = upload()
    other = Visitor.objects.create()
    assert uploads.find_photo(other, photo.pk) is None
    Visitor.objects.update(user=User.objects.create_user("ada@example.com"))
    other.refresh_from_db()
    assert uploads.find_photo(other, photo.pk) == photo
    assert uploads.list_photos(other) == [photo]
    assert uploads.list_photos(None) == []


def test_a_photo_whose_time_has_come_is_nobodys(upload, visitor):
    photo = upload()
    Photo.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert uploads.find_photo(visitor, photo.pk) is None
    assert uploads.list_photos(visitor) == []


def test_a_file_whose_row_could_not_be_written_is_thrown_away(visitor, mug, as_file, monkeypatch):
    def broken(*_, **__):
        raise OSError

    monkeypatch.setattr(Photo, "save", broken)
    written = []
    real = files.write_file
    monkeypatch.setattr(
        files, "write_file", lambda *given: written.append(given[0]) or real(*given)
    )
    with pytest.raises(OSError):  # noqa: PT011  whatever the database says
        uploads.receive_upload(visitor, ContentFile(as_file(mug)), name="mug.png")
    assert [files.file_exists(name) for name in written] == [False]
