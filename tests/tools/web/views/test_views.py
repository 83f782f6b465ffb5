import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tools.attempts import lifecycle
from tools.models import Attempt, Photo
from tools.workers import cpu

TOOL = "remove-background"


def whole(answer):
    """What a streaming answer brings; its file is closed."""
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


@pytest.fixture
def send(browser, mug, as_file):
    """Post a file as the editor does."""

    def send(data=None, name="mug.png", declared_type="image/png"):
        content = as_file(mug) if data is None else data
        upload = SimpleUploadedFile(name, content, content_type=declared_type)
        return browser.post("/photos/", {"file": upload})

    return send


@pytest.fixture
def done(photo):
    lifecycle.start_attempt(photo, TOOL, {})
    cpu.work_once()
    return Attempt.objects.get()


@pytest.mark.django_db
def test_a_stranger_gets_a_cookie_with_the_first_photo(client, mug, as_file):
    upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
    answer = client.post("/photos/", {"file": upload})
    assert answer.status_code == 201
    assert answer.cookies["visitor"]["httponly"]
    assert answer.cookies["visitor"]["samesite"] == "Lax"
    assert client.get("/mine/").json()["photos"][0]["id"] == answer.json()["id"]


def test_a_photo_is_received_and_not_yet_decoded(send):
    answer = send().json()
    assert (answer["state"], answer["width"], answer["name"]) == ("received", 160, "mug.png")


@pytest.mark.parametrize(
    ("data", "name", "declared_type", "error"),
    [
        (b"", "a.png", "image/png", "empty"),
        (b"hello there, this is text", "a.txt", "text/plain", "not-an-image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml", "svg"),
        (b"%PDF-1.7 and so on", "a.pdf", "application/pdf", "pdf"),
        (None, "mug.exe", "application/x-msdownload", "type-mismatch"),
    ],
)
def test_what_the_header_tells_is_refused_at_the_door(send, data, name, declared_type, error):
    answer = send(data, name, declared_type)
    assert (answer.status_code, answer.json()["error"]) == (422, error)
    assert answer.json()["words"]
    assert not Photo.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_kept(send, settings, own_folders):
    settings.PHOTO_MAX_BYTES = 1000
    answer = send()
    assert answer.json()["error"] == "too-many-bytes"
    assert not list((own_folders / "pictures").rglob("*.*"))


def test_a_picture_over_the_limit_is_refused_before_decoding(send, settings):
    settings.PHOTO_MAX_PIXELS = 1000
    assert send().json()["error"] == "too-many-pixels"


def test_a_post_without_a_photo_says_so(browser):
    assert browser.post("/photos/").json()["error"] == "no-photo"


def test_another_visitor_sees_nothing_of_it(client, done):
    for address in (
        f"/photos/{done.photo_id}/",
        f"/photos/{done.photo_id}/preview.webp",
        f"/attempts/{done.pk}/",
        f"/attempts/{done.pk}/preview.webp",
        f"/work/{done.pk}/",
    ):
        assert client.get(address).status_code == 404


def test_another_site_cannot_post(browser, photo):
    answer = browser.post(f"/photos/{photo.pk}/delete/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert Photo.objects.exists()


def test_another_sites_form_cannot_post_from_an_old_browser(browser, photo):
    del browser.defaults["HTTP_SEC_FETCH_SITE"]
    headers = {"origin": "https://elsewhere.example"}
    assert browser.post(f"/photos/{photo.pk}/delete/", headers=headers).status_code == 403


def test_an_attempt_is_started_watched_and_shown(browser, photo):
    begun = browser.post("/attempts/", {"tool": TOOL, "photo": photo.pk, "softness": "0.2"}).json()
    assert (begun["status"], begun["place"]) == ("queued", 1)
    cpu.work_once()
    answer = browser.get(begun["url"])
    shown = answer.json()
    assert shown["status"] == "done"
    assert shown["params"]["softness"] == 0.2
    assert browser.get(begun["url"], headers={"if-none-match": answer["ETag"]}).status_code == 304
    picture = browser.get(shown["preview"])
    assert picture["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(whole(picture))).mode == "RGBA"


def test_wrong_settings_are_named(browser, photo):
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": photo.pk, "softness": "9"})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["softness"]


@pytest.mark.parametrize(("kind", "mode"), [("png", "RGBA"), ("webp", "RGBA"), ("jpeg", "RGB")])
def test_a_download_has_the_photos_own_size(browser, done, kind, mode):
    wanted = browser.post(f"/attempts/{done.pk}/exports/", {"format": kind}).json()
    cpu.work_once()
    export = browser.get(f"/exports/{wanted['id']}/").json()
    assert export["status"] == "done"
    answer = browser.get(export["url"])
    assert f"mug-{TOOL}" in answer["Content-Disposition"]
    content = whole(answer)
    picture = Image.open(io.BytesIO(content))
    assert (picture.size, picture.mode) == ((160, 160), mode)
    assert export["bytes"] == len(content)


def test_the_same_wish_is_the_same_file(browser, done):
    wishes = [browser.post(f"/attempts/{done.pk}/exports/", {"format": "png"}) for _ in range(2)]
    assert wishes[0].json()["id"] == wishes[1].json()["id"]


def test_a_jpeg_lies_on_the_colour_that_was_asked_for(browser, done):
    wish = {"format": "jpeg", "colour": "#00ff00"}
    wanted = browser.post(f"/attempts/{done.pk}/exports/", wish).json()
    cpu.work_once()
    data = whole(browser.get(f"/exports/{wanted['id']}/file/"))
    red, green, blue = Image.open(io.BytesIO(data)).getpixel((2, 2))
    assert (red < 12, green > 243, blue < 12) == (True, True, True)


@pytest.mark.parametrize(("side", "made"), [("80", 80), ("9999", 160), ("", 160)])
def test_a_download_is_as_small_as_was_asked_for(browser, done, side, made):
    asked = browser.post(f"/attempts/{done.pk}/exports/", {"format": "png", "side": side}).json()
    cpu.work_once()
    file = whole(browser.get(browser.get(f"/exports/{asked['id']}/").json()["url"]))
    assert Image.open(io.BytesIO(file)).size == (made, made)


@pytest.mark.parametrize("side", ["1", "many", "-80", "999999"])
def test_a_size_that_is_none_is_refused(browser, done, side):
    answer = browser.post(f"/attempts/{done.pk}/exports/", {"side": side})
    assert list(answer.json()["fields"]) == ["side"]


def test_an_unfinished_attempt_has_no_download(browser, photo):
    attempt = lifecycle.start_attempt(photo, TOOL, {})
    answer = browser.post(f"/attempts/{attempt.pk}/exports/", {"format": "png"})
    assert (answer.status_code, answer.json()["error"]) == (409, "not-finished")


def test_delete_now_leaves_nothing(browser, done, own_folders, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"/photos/{done.photo_id}/delete/").status_code == 204
    assert not Photo.objects.exists()
    assert [path for path in (own_folders / "pictures").rglob("*") if path.is_file()] == []


def test_a_quote_says_what_is_pending(browser, photo, monkeypatch):
    monkeypatch.setattr(
        "tools.pricing.quotes.durations.expected_seconds", lambda steps, *_, **__: len(list(steps))
    )
    fresh = browser.get(f"/tools/{TOOL}/quote/", {"photo": photo.pk}).json()
    lifecycle.start_attempt(photo, TOOL, {})
    cpu.work_once()
    again = browser.get(f"/tools/{TOOL}/quote/", {"photo": photo.pk, "softness": "0.3"}).json()
    assert (fresh["width"], fresh["height"]) == (photo.width, photo.height)
    assert "free" in fresh["words"]
    assert (fresh["seconds"], again["seconds"]) == (5, 3)
