"""What is deleted is gone: from the disk, and from what the ledger says of it."""

import numpy as np
import pytest

from billing.models import Hold
from tools.attempts import lifecycle
from tools.exports import files
from tools.photos import retention, uploads
from tools.pipeline import step_files
from tools.pipeline.graph import Address
from tools.pipeline.store import StepStore
from tools.pricing import charges
from tools.rendering import ingest
from tools.workers import cpu


def on_disk(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def delete(django_capture_on_commit_callbacks):
    def delete(photo):
        with django_capture_on_commit_callbacks(execute=True):
            uploads.delete_photo(photo)

    return delete


def read(photo):
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    return photo


def used(photo, tool="remove-background", **params):
    """A photo with a result and a file of it."""
    attempt = lifecycle.start_attempt(photo, tool, params)
    cpu.work_once()
    attempt.refresh_from_db()
    files.start_export(attempt, {"format": "png"})
    cpu.work_once()
    return attempt


def test_nothing_of_a_deleted_photo_is_left_on_the_disk(own_folders, upload, mug, as_file, delete):
    def use_and_delete(photo):
        used(photo)
        used(photo, "add-background", background="colour")
        found = on_disk(own_folders)
        delete(photo)
        return found

    # What scenes are drawn of is nobody's, and stays: the first photo had it made.
    use_and_delete(read(upload(as_file(mug[:, ::-1]))))
    common = on_disk(own_folders)
    found = use_and_delete(read(upload()))
    assert len([name for name in found - common if name.startswith("steps/")]) > 5
    assert on_disk(own_folders) == common


def test_what_another_has_uploaded_too_stays_until_both_are_gone(
    own_folders, settings, photo, upload, delete
):
    address = Address("cd" * 32)
    StepStore(settings.STEPS_DIR, 10**6).put(address, np.zeros((4, 4)), [photo.digest])
    twin = read(upload())
    delete(photo)
    assert step_files.step_path(settings.STEPS_DIR, address).exists()
    delete(twin)
    assert on_disk(own_folders) == set()


def test_what_is_computed_after_the_deletion_goes_with_the_next_sweep(
    own_folders, settings, photo, delete
):
    folder, address = settings.STEPS_DIR, Address("ab" * 32)
    delete(photo)
    step_files.note_photos(folder, address, [photo.digest])
    path = step_files.step_path(folder, address)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"late")
    retention.delete_expired()
    assert on_disk(own_folders) == set()


def test_the_ledger_forgets_the_name_of_a_deleted_photo(photo, visitor, delete):
    payer = charges.find_payer(visitor, "192.0.2.1")
    attempt = lifecycle.start_attempt(photo, "remove-background", {}, payer=payer)
    note = Hold.objects.get(attempt=str(attempt.pk)).note
    assert note["photo"] == photo.name
    delete(photo)
    assert photo.name not in str(Hold.objects.get(attempt=str(attempt.pk)).note)
    assert Hold.objects.get(attempt=str(attempt.pk)).note["tool"] == "remove-background"
