import io
import zipfile

import pytest

from tools.attempts import lifecycle
from tools.errors import NotAllMadeError
from tools.exports import files as exports
from tools.models import Archive, Attempt, Export
from tools.rendering import zip_files
from tools.storage import files


@pytest.fixture
def archive(photo):
    """An archive of two files that are made."""
    made = Archive.objects.create(photo=photo, wish="w")
    for softness in (0.1, 0.2):
        attempt = lifecycle.start_attempt(photo, "remove-background", {"softness": softness})
        Attempt.objects.filter(pk=attempt.pk).update(status="done")
        attempt.refresh_from_db()
        export = exports.start_export(attempt, exports.parse_options({}))
        name = f"exports/{softness}"
        files.write_file(name, f"file {softness}".encode())
        Export.objects.filter(pk=export.pk).update(status="done", file=name)
        made.exports.add(export)
    return made


def test_an_archive_holds_its_files_under_names_of_their_own(archive):
    told = []
    name, size = zip_files.pack(archive, lambda step, share: told.append(share))
    data = files.read_file(name)
    assert size == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist() == ["mug-remove-background.png", "mug-remove-background-2.png"]
        assert packed.read(packed.namelist()[0]) == b"file 0.1"
    assert told == [0, 0.5]


def test_an_archive_waits_until_its_last_file_has_ended(archive):
    assert list(zip_files.list_ready_zips()) == [archive]
    part = archive.exports.first()
    Export.objects.filter(pk=part.pk).update(status="running")
    assert not zip_files.list_ready_zips().exists()


def test_no_archive_is_packed_in_part(archive):
    part = archive.exports.first()
    files.remove_files([part.file])
    with pytest.raises(NotAllMadeError):
        zip_files.pack(archive, lambda *_: None)
    Export.objects.filter(pk=part.pk).update(status="failed")
    with pytest.raises(NotAllMadeError):
        zip_files.pack(archive, lambda *_: None)
    assert not files.file_exists(files.zip_path(archive.photo_id, archive.wish))
