import pytest
from PIL import Image

from tools.models import Photo
from tools.pipeline.intake import decode
from tools.rendering import ingest
from tools.storage import files


def read(received):
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    return received


def test_a_read_photo_is_known_by_its_pixels_and_its_upload_is_gone(upload):
    photo = upload()
    incoming = photo.incoming
    read(photo)
    assert (photo.state, photo.incoming) == (Photo.State.READY, "")
    assert not files.file_exists(incoming)
    for name in (
        files.pixels_path(photo.digest),
        files.photo_preview_path(photo.pk),
        files.photo_thumb_path(photo.pk),
    ):
        assert files.file_exists(name)
    assert read(upload()).digest == photo.digest


def test_a_photo_that_lies_on_its_side_is_set_upright(upload, tmp_path, mug):
    path = tmp_path / "side.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(mug[:, :100]).save(path, quality=95, exif=exif)
    photo = read(upload(path.read_bytes(), name="side.jpg"))
    assert (photo.width, photo.height) == (160, 100)


def test_what_cannot_be_decoded_is_refused_with_its_word(upload, mug, as_file):
    whole = as_file(mug, "JPEG")
    photo = read(upload(whole[: len(whole) // 2], name="mug.jpg"))
    assert (photo.state, photo.error, photo.digest) == (Photo.State.REFUSED, "truncated", "")
    assert not files.file_exists(files.photo_preview_path(photo.pk))


def test_a_file_that_is_not_there_any_more_is_cut_off(upload):
    photo = upload()
    files.remove_files([photo.incoming])
    assert read(photo).error == "truncated"


def test_a_photo_is_read_once(photo, monkeypatch):
    monkeypatch.setattr(decode, "decode_photo", lambda *_, **__: pytest.fail("read again"))
    ingest.ingest_photo(photo.pk)
