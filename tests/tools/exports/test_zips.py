import zipfile

import pytest

from tools.attempts import lifecycle
from tools.errors import NoFavouritesError, TooManyFavouritesError
from tools.exports import files as exports
from tools.exports import zips
from tools.models import Archive, Attempt, Export, Job
from tools.photos import uploads
from tools.queue import leases
from tools.storage import files
from tools.workers import cpu, reaper

TOOL = "remove-background"
CANCELLED = "Cancelled, as you asked. It cost nothing. Your photo is still here."


@pytest.fixture
def favourites(photo):
    """Two attempts at the photo, done and starred."""
    for softness in (0.1, 0.6):
        lifecycle.start_attempt(photo, TOOL, {"softness": softness})
        cpu.work_once()
    Attempt.objects.update(favourite=True)
    return list(Attempt.objects.order_by("created"))


@pytest.fixture
def order(browser, photo):
    def order(**options):
        return browser.post(f"/photos/{photo.pk}/zip/", {"format": "webp", **options})

    return order


def work_all():
    while Export.objects.filter(status__in=Job.OPEN) or Archive.objects.filter(status__in=Job.OPEN):
        cpu.work_once()


def test_all_favourites_come_as_one_file(browser, favourites, order, tmp_path):
    lifecycle.start_attempt(favourites[0].photo, TOOL, {"softness": 1})  # no star, not in it
    ordered = order()
    assert ordered.status_code == 201
    work_all()
    done = browser.get(ordered.json()["url"]).json()
    assert (done["status"], done["files"], done["made"]) == ("done", 2, 2)
    made = [files.read_file(file.file) for file in Export.objects.order_by("attempt__created")]
    answer = browser.get(done["file"])
    assert answer["Content-Disposition"] == 'attachment; filename="mug-favourites.zip"'
    path = tmp_path / "got.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    assert path.stat().st_size == done["bytes"]
    with zipfile.ZipFile(path) as got:
        assert got.namelist() == [f"mug-{TOOL}.webp", f"mug-{TOOL}-2.webp"]
        assert [got.read(name) for name in got.namelist()] == made


def test_progress_is_what_is_made_and_what_is_left(browser, favourites, order):
    address = order().json()["url"]
    assert browser.get(address).json()["share"] == 0
    cpu.work_once()
    half = browser.get(address).json()
    assert (half["status"], half["made"], half["share"]) == ("queued", 1, 0.333)
    cpu.work_once()
    assert browser.get(address).json()["share"] is None


def test_files_that_are_there_are_not_made_again(favourites, order):
    exports.start_export(favourites[0], exports.parse_options({"format": "webp"}))
    cpu.work_once()
    made = Export.objects.get()
    order()
    assert Export.objects.count() == 2
    made.refresh_from_db()
    assert made.status == Job.Status.DONE


def test_the_same_wish_is_the_same_archive(favourites, order):
    first = order().json()
    assert order().json()["id"] == first["id"]
    assert order(format="png").json()["id"] != first["id"]
    Attempt.objects.filter(pk=favourites[0].pk).update(favourite=False)
    assert order().json()["id"] != first["id"]


def test_without_a_finished_favourite_it_is_refused_in_words(photo, order):
    lifecycle.start_attempt(photo, TOOL, {})
    Attempt.objects.update(favourite=True)
    answer = order()
    assert (answer.status_code, answer.json()["error"]) == (422, NoFavouritesError.id)
    assert "Star" in answer.json()["words"]
    assert not Export.objects.exists()


def test_more_favourites_than_an_archive_takes_are_refused(favourites, monkeypatch):
    monkeypatch.setattr(zips, "MOST_FILES", 1)
    with pytest.raises(TooManyFavouritesError):
        zips.start_zip(favourites[0].photo, exports.parse_options({}))
    assert not Export.objects.exists()


def test_an_archive_waits_for_a_file_that_another_worker_makes(favourites, order):
    order()
    theirs = leases.claim_job(Export.objects.all())
    cpu.work_once()
    cpu.work_once()
    assert Archive.objects.get().status == Job.Status.QUEUED
    cpu.attend(theirs, cpu.make_file)
    cpu.work_once()
    assert Archive.objects.get().status == Job.Status.DONE


def test_when_a_file_fails_the_archive_says_so_and_may_be_tried_again(favourites, order, says):
    order()
    leases.fail_job(leases.claim_job(Export.objects.all()), "step-failed")
    work_all()
    assert Archive.objects.get().error == "not-all-made"
    assert says(order())["status"] == "queued"
    work_all()
    assert Archive.objects.get().status == Job.Status.DONE


def test_a_lapsed_archive_is_packed_by_another(favourites, order):
    order()
    cpu.work_once()
    Export.objects.filter(status=Job.Status.QUEUED).update(status=Job.Status.DONE)
    Archive.objects.update(
        status=Job.Status.RUNNING, owner="elsewhere:1:1", lease_until="2020-01-01T00:00Z"
    )
    reaper.reap_lapsed()
    assert Archive.objects.get().status == Job.Status.QUEUED


def test_it_dies_with_the_photo_and_with_an_attempt_in_it(
    photo, favourites, order, own_folders, django_capture_on_commit_callbacks
):
    order()
    work_all()
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.delete_attempt(favourites[0])
    assert not Archive.objects.exists()
    order()
    work_all()
    photo.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        uploads.delete_photo(photo)
    assert not [path for path in (own_folders / "pictures").rglob("*") if path.is_file()]


def test_it_is_one_visitors_alone(client, favourites, order):
    made = zips.start_zip(favourites[0].photo, exports.parse_options({}))
    work_all()
    client.cookies.clear()
    assert client.get(f"/archives/{made.pk}/").status_code == 404
    assert client.get(f"/archives/{made.pk}/file/").status_code == 404


def test_a_page_of_the_photo_shows_its_archives(browser, photo, favourites, order):
    made = order().json()
    assert browser.get("/mine/").json()["photos"][0]["archives"][0]["id"] == made["id"]


def test_it_is_called_off_with_the_files_that_only_it_waits_for(browser, favourites, order):
    address = order().json()["url"]
    cpu.work_once()
    answer = browser.post(f"{address}cancel/").json()
    assert (answer["status"], answer["made"], answer["words"]) == ("cancelled", 1, CANCELLED)
    statuses = Export.objects.values_list("status", flat=True)
    assert sorted(statuses) == ["cancelled", "done"]
    # Who wants it after all gets it, and what was made already is not made again.
    assert order().json()["status"] == "queued"
    work_all()
    assert browser.get(address).json()["status"] == "done"


def test_a_file_that_another_archive_waits_for_is_still_made(favourites, order):
    first = zips.find_zip(favourites[0].photo.visitor, order().json()["id"])
    Attempt.objects.filter(pk=favourites[1].pk).update(favourite=False)
    order()
    zips.cancel_zip(first)
    shared = Export.objects.get(attempt=favourites[0])
    assert shared.status == Job.Status.QUEUED
    assert not zips.cancel_zip(first)
