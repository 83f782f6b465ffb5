import errno
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile

from foundation.picture_storage import Pictures


@pytest.fixture
def pictures(tmp_path):
    return Pictures(location=tmp_path, allow_overwrite=True)


def stored(pictures):
    folder = Path(pictures.location)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_picture_that_is_written_anew_is_never_read_in_part(pictures):
    picture = b"x" * 300_000
    pictures.save("photos/ab.png", ContentFile(picture))

    def write():
        for _ in range(100):
            pictures.save("photos/ab.png", ContentFile(picture))

    writer = Thread(target=write)
    writer.start()
    while writer.is_alive():
        with pictures.open("photos/ab.png") as file:
            assert file.read() == picture
    writer.join()
    assert stored(pictures) == {"photos/ab.png"}


def test_what_cannot_be_written_leaves_what_was_there(pictures):
    class Full(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    pictures.save("photos/ab.png", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space"):
        pictures.save("photos/ab.png", Full(b""))
    with pictures.open("photos/ab.png") as file:
        assert file.read() == b"whole"
    assert stored(pictures) == {"photos/ab.png"}
