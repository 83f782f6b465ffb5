"""A photo in parts: what is here stays here, whatever the network does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tools.models import Photo, Upload
from tools.photos import resumable, retention
from tools.storage import files


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(files, "PART_BYTES", 4096)


@pytest.fixture
def data(mug, as_file):
    found = as_file(mug)
    assert len(found) > 2 * files.PART_BYTES
    return found


@pytest.fixture
def begin(browser):
    def begin(data, name="mug.png", kind="image/png"):
        return browser.post("/uploads/", {"name": name, "type": kind, "bytes": len(data)})

    return begin


@pytest.fixture
def send(browser):
    def send(url, offset, part):
        options = {"content_type": "application/octet-stream"}
        return browser.patch(url, part, headers={"upload-offset": str(offset)}, **options)

    return send


@pytest.fixture
def send_all(send):
    """Send all parts from an offset on; the last answer."""

    def send_all(url, data, offset=0):
        for at in range(offset, len(data), files.PART_BYTES):
            answer = send(url, at, data[at : at + files.PART_BYTES])
        return answer

    return send_all


def kept(own_folders):
    return [path for path in (own_folders / "pictures").rglob("*") if path.is_file()]


def test_the_parts_become_the_photo(browser, begin, send_all, data, own_folders):
    begun = begin(data)
    assert (begun.status_code, begun.json()["offset"]) == (201, 0)
    photo = send_all(begun.json()["url"], data).json()["photo"]
    assert (photo["state"], photo["name"], photo["width"]) == ("received", "mug.png", 160)
    assert files.read_file(Photo.objects.get().incoming) == data
    assert len(kept(own_folders)) == 1


def test_it_goes_on_from_what_is_here(browser, begin, send, send_all, data):
    url = begin(data).json()["url"]
    send(url, 0, data[: files.PART_BYTES])
    stands = browser.get(url).json()
    assert (stands["offset"], stands["photo"]) == (files.PART_BYTES, None)
    assert send_all(url, data, stands["offset"]).json()["photo"]["width"] == 160


def test_whoever_missed_the_last_answer_gets_the_same_photo(browser, begin, send, send_all, data):
    url = begin(data).json()["url"]
    first = send_all(url, data).json()["photo"]["id"]
    assert browser.get(url).json()["photo"]["id"] == first
    assert send(url, len(data), b"").json()["photo"]["id"] == first
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(("offset", "size"), [(4096, 4096), (0, 100), (0, 0), (-1, 4096)])
def test_a_part_that_does_not_follow_is_not_kept(begin, send, data, offset, size):
    url = begin(data).json()["url"]
    answer = send(url, offset, data[:size])
    if size:
        assert (answer.status_code, answer.json()["error"]) == (409, "part-misplaced")
    assert Upload.objects.get().received == 0


def test_the_same_part_over_two_connections_counts_once(begin, data, visitor):
    begin(data)
    over_old, over_new = Upload.objects.get(), Upload.objects.get()
    resumable.add_part(over_old, 0, data[: files.PART_BYTES])
    with pytest.raises(resumable.PartMisplacedError) as stands:
        resumable.add_part(over_new, 0, data[: files.PART_BYTES])
    assert stands.value.facts == {"offset": files.PART_BYTES}


def test_what_is_too_large_is_refused_before_a_byte_is_sent(browser, settings):
    settings.PHOTO_MAX_BYTES = 1000
    answer = browser.post("/uploads/", {"name": "a.png", "bytes": 1001})
    assert (answer.status_code, answer.json()["error"]) == (422, "too-many-bytes")
    assert browser.post("/uploads/", {"name": "a.png", "bytes": ""}).json()["error"] == "empty"
    assert not Upload.objects.exists()


def test_what_is_no_photo_is_refused_when_it_is_here(begin, send_all):
    said = b"%PDF-1.7 and so on, and on"
    answer = send_all(begin(said, name="a.pdf", kind="").json()["url"], said)
    assert (answer.status_code, answer.json()["error"]) == (422, "pdf")
    assert not Photo.objects.exists()
    assert not Upload.objects.exists()


def test_it_is_one_visitors_alone(begin, data):
    url = begin(data).json()["url"]
    assert Client().get(url).status_code == 404


def test_one_that_never_ends_is_forgotten(begin, send, data, own_folders):
    url = begin(data).json()["url"]
    send(url, 0, data[: files.PART_BYTES])
    Upload.objects.update(created=timezone.now() - timedelta(hours=7))
    retention.delete_expired()
    assert not Upload.objects.exists()
    assert not kept(own_folders)


def test_of_too_many_the_oldest_is_given_up(begin, data, monkeypatch):
    monkeypatch.setattr("tools.queue.open_limits.UPLOADS", 2)
    first = begin(data).json()["url"]
    begin(data)
    begin(data)
    assert not [row for row in Upload.objects.all() if str(row.pk) in first]
    assert Upload.objects.count() == 2
