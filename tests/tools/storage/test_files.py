import errno

import pytest
from django.core.files.base import ContentFile

from foundation.picture_storage import Pictures
from tools.errors import DiskFullError
from tools.storage import files


def test_a_file_takes_the_place_of_what_was_there():
    files.write_file("a/b", b"first")
    files.write_file("a/b", ContentFile(b"second"))
    assert files.read_file("a/b") == b"second"
    assert files.list_folder("a") == ["a/b"]


def test_what_is_not_there_is_removed_without_complaint():
    files.write_file("a/b", b"")
    files.remove_files(["a/b", "a/b", "", "never"])
    assert not files.file_exists("a/b")
    assert files.list_folder("never") == []


def test_a_disk_without_room_is_said_and_other_trouble_is_not_called_so(monkeypatch):
    def full(code):
        def save(*_, **__):
            raise OSError(code, "no")

        monkeypatch.setattr(Pictures, "save", save)

    full(errno.ENOSPC)
    with pytest.raises(DiskFullError):
        files.write_file("a/b", b"")
    full(errno.EACCES)
    with pytest.raises(PermissionError):
        files.write_file("a/b", b"")
