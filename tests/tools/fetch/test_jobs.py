"""Photos by their address: a real server on this machine, and a resolver that lies."""

import pytest

from accounts.models import Visitor
from tests.tools.fetch.pages import goes_on, sends
from tools.attempts import lifecycle
from tools.errors import (
    FetchingIsOffError,
    NotFetchedError,
    TooManyFetchesError,
)
from tools.fetch import jobs as fetching
from tools.models import Fetch, Job, Photo
from tools.photos import uploads
from tools.queue import leases
from tools.rendering import ingest
from tools.storage import files
from tools.workers import reaper


def fetch_all():
    return list(fetching.fetch_waiting())


def test_a_photo_comes_from_the_web_beside_the_request(browser, ask, shop, mug_page):
    answer = ask(mug_page)
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["share"]) == ("received", 0)
    assert not shop.seen
    (photo_id,) = fetch_all()
    ingest.ingest_photo(photo_id)
    shown = browser.get(answer.json()["url"]).json()
    assert (shown["state"], shown["name"], shown["width"]) == ("ready", "mug.png", 160)
    preview = browser.get(shown["preview"])
    assert preview.status_code == 200
    preview.close()


def test_a_type_that_the_other_server_got_wrong_is_no_reason_to_refuse(ask, shop, mug, as_file):
    shop.pages["/mug.jpg"] = sends(as_file(mug), **{"Content-Type": "text/plain"})
    ask(f"{shop.url}/mug.jpg")
    assert len(fetch_all()) == 1


REFUSED = {
    "a web page": (sends(b"<!doctype html><title>Mug</title>"), "not-an-image"),
    "nothing": (sends(b""), "empty"),
    "a drawing": (sends(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg"),
    "a refusal": (sends(b"no", status=403), "unreachable"),
    "half a file": (sends(b"short", length=500), "unreachable"),
    "a huge file": (sends(b"", length=10**9), "too-many-bytes"),
    "a way inside": (goes_on("http://10.0.0.1/mug.png"), "private-address"),
    "a mapped way inside": (goes_on("http://[::ffff:127.0.0.1]/mug.png"), "private-address"),
    "a way to our files": (goes_on("file:///etc/passwd"), "bad-address"),
    "another port": (goes_on("http://127.0.0.1:1/mug.png"), "bad-address"),
    "a password": (goes_on("http://user:pass@127.0.0.1/"), "bad-address"),
    "a circle": (goes_on("/page"), "too-many-redirects"),
}


@pytest.mark.parametrize("answer", REFUSED)
def test_what_cannot_be_had_is_refused_in_words(browser, ask, shop, own_folders, answer):
    shop.pages["/page"], error = REFUSED[answer]
    address = ask(f"{shop.url}/page").json()["url"]
    assert fetch_all() == []
    shown = browser.get(address).json()
    assert (shown["state"], shown["error"]) == ("refused", error)
    assert shown["words"]
    assert not list((own_folders / "pictures").rglob("*.*"))


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("ftp://shop.example/mug.png", "bad-address"),
        ("https://shop.example:8443/mug.png", "bad-address"),
    ],
)
def test_what_the_address_alone_tells_is_answered_at_once(ask, db, address, error):
    answer = ask(address)
    assert (answer.status_code, answer.json()["error"]) == (422, error)
    assert not Photo.objects.exists()


def test_it_can_be_turned_off(ask, settings, mug_page):
    settings.FETCH = False
    answer = ask(mug_page)
    assert (answer.status_code, answer.json()["error"]) == (403, FetchingIsOffError.id)


def test_no_attempt_is_queued_before_the_size_is_known(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    with pytest.raises(NotFetchedError):
        lifecycle.start_attempt(photo, "remove-background", {})
    fetch_all()
    photo.refresh_from_db()
    assert lifecycle.start_attempt(photo, "remove-background", {}).status == Job.Status.QUEUED


def test_a_visitor_may_have_six_on_the_way(visitor, mug_page):
    for _ in range(6):
        uploads.receive_from(visitor, mug_page)
    with pytest.raises(TooManyFetchesError):
        uploads.receive_from(visitor, mug_page)
    uploads.receive_from(Visitor.objects.create(), mug_page)


def test_a_network_may_ask_for_so_many_in_a_while(ask, mug_page, monkeypatch):
    monkeypatch.setattr("tools.web.views.photos.MOST_FETCHES", 0)
    assert ask(mug_page).json()["error"] == "too-many-fetches"


def test_a_fetch_whose_worker_died_is_done_by_another(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    Fetch.objects.update(
        status="running", owner="gone:1:1", lease_until="2020-01-01T00:00Z", tries=1
    )
    assert reaper.list_unread() == []
    reaper.reap_lapsed()
    assert fetch_all() == [str(photo.pk)]


def test_after_three_lost_workers_the_photo_says_so(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    Fetch.objects.update(
        status="running", owner="gone:1:1", lease_until="2020-01-01T00:00Z", tries=3
    )
    reaper.reap_lapsed()
    photo.refresh_from_db()
    assert (photo.state, photo.error) == ("refused", "worker-lost")


def test_a_photo_deleted_on_the_way_leaves_no_file(visitor, mug_page, own_folders):
    photo = uploads.receive_from(visitor, mug_page)
    job = leases.claim_job(Fetch.objects.all())
    uploads.delete_photo(photo)
    assert not fetching.attend(job)
    assert not files.file_exists(files.incoming_path(photo.pk))
