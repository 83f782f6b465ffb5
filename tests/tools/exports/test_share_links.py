from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tools.attempts import lifecycle
from tools.errors import ShareEndedError
from tools.exports import share_links
from tools.models import Attempt, Export, Job, Photo, ShareLink
from tools.photos import uploads
from tools.storage import files


@pytest.fixture
def attempt(photo):
    """One that is done; what was computed is not the point here."""
    made = lifecycle.start_attempt(photo, "remove-background", {})
    preview = files.attempt_preview_path(made.pk)
    files.write_file(preview, b"RIFF the result")
    Attempt.objects.update(status=Job.Status.DONE, preview=preview, width=160, height=160)
    return Attempt.objects.get()


@pytest.fixture
def share(browser, attempt):
    def share(**options):
        return browser.post(f"/attempts/{attempt.pk}/share/", options).json()

    return share


@pytest.fixture
def stranger(db):
    client = Client(headers={"sec-fetch-site": "same-origin"})

    def look(url, part=""):
        return client.get(url.removeprefix("http://testserver") + part)

    return look


def content(answer):
    return b"".join(answer.streaming_content)


def test_anybody_with_the_link_sees_before_and_after(share, stranger, photo):
    made = share()
    assert made["expires"] == photo.expires.isoformat()
    page = stranger(made["url"])
    assert page.status_code == 200
    assert "before.webp" in page.content.decode()
    assert 'content="noindex' in page.content.decode()
    before = files.read_file(files.photo_preview_path(photo.pk))
    after = stranger(made["url"], "after.webp")
    assert after["Cache-Control"] == "private, no-store"
    assert content(after) == b"RIFF the result"
    assert content(stranger(made["url"], "before.webp")) == before


def test_the_page_tells_no_search_engine_and_no_other_site(share, stranger):
    page = stranger(share()["url"])
    assert page["X-Robots-Tag"].startswith("noindex")
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "private, no-store"


def test_the_link_is_the_only_way_in(share, stranger, attempt):
    share()
    assert stranger(f"/attempts/{attempt.pk}/").status_code == 404


def test_a_download_is_there_only_if_the_visitor_allows_it(share, stranger, attempt):
    url = share()["url"]
    assert stranger(url, "file/").status_code == 404
    assert not Export.objects.exists()
    assert share(download="1")["url"] == url
    assert "being made" in stranger(url).content.decode()
    export = Export.objects.get()
    files.write_file("exports/one.png", b"PNG of the result")
    Export.objects.update(status=Job.Status.DONE, file="exports/one.png", bytes=17)
    assert "Download as PNG" in stranger(url).content.decode()
    answer = stranger(url, "file/")
    assert answer["Content-Disposition"] == 'attachment; filename="mug-remove-background.png"'
    assert content(answer) == b"PNG of the result"
    share(download="0")
    assert stranger(url, "file/").status_code == 404
    assert Export.objects.get().pk == export.pk


def test_a_link_lives_no_longer_than_the_photo(share, photo):
    assert share(hours="24")["expires"] <= photo.expires.isoformat()
    ShareLink.objects.all().delete()
    assert share(hours="1")["expires"] < photo.expires.isoformat()


@pytest.mark.parametrize("hours", ["0", "25", "-1", "soon", "9" * 30])
def test_a_time_that_makes_no_sense_is_refused(browser, attempt, hours):
    answer = browser.post(f"/attempts/{attempt.pk}/share/", {"hours": hours})
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid-params")


def test_it_ends_when_its_time_is_over(share, stranger, monkeypatch):
    url = share(hours="1")["url"]
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(share_links.timezone, "now", lambda: later)
    ended = stranger(url)
    assert ended.status_code == 410
    assert ended["X-Robots-Tag"].startswith("noindex")
    assert share()["url"] != url


def test_it_can_be_taken_back_and_given_anew(browser, share, stranger, attempt):
    url = share()["url"]
    assert browser.post(f"/attempts/{attempt.pk}/unshare/").status_code == 204
    for part in ("", "before.webp", "after.webp", "file/"):
        assert stranger(url, part).status_code == 410
    again = share()["url"]
    assert again != url
    assert stranger(again).status_code == 200


def test_it_dies_with_the_photo(share, stranger, photo):
    url = share()["url"]
    Photo.objects.update(expires=timezone.now())
    assert stranger(url).status_code == 410
    uploads.delete_photo(Photo.objects.get())
    assert stranger(url).status_code == 410


def test_a_forged_token_opens_nothing(share):
    share()
    token = share_links.sign_token(ShareLink.objects.get())
    for forged in (token[:-1], f"0{token}", "x.y", token.partition(".")[0]):
        with pytest.raises(ShareEndedError):
            share_links.find_link(forged)


def test_what_is_not_done_cannot_be_shared(browser, photo):
    made = lifecycle.start_attempt(photo, "remove-background", {})
    answer = browser.post(f"/attempts/{made.pk}/share/")
    assert (answer.status_code, answer.json()["error"]) == (409, "not-finished")


def test_another_visitor_cannot_share_or_take_back(client, share, stranger, attempt):
    url = share()["url"]
    client.cookies.clear()
    for wish in ("share", "unshare"):
        assert client.post(f"/attempts/{attempt.pk}/{wish}/").status_code == 404
    assert stranger(url).status_code == 200


def test_the_attempt_says_whether_it_is_shared(browser, attempt, share, photo):
    address = f"/attempts/{attempt.pk}/"
    assert browser.get(address).json()["link"] is None
    made = share(download="1")
    link = browser.get(address).json()["link"]
    assert made["url"].endswith(link["path"])
    assert link["download"] is True
    assert browser.get("/mine/").json()["photos"][0]["attempts"][0]["link"] == link
    browser.post(f"/attempts/{attempt.pk}/unshare/")
    assert browser.get(address).json()["link"] is None
