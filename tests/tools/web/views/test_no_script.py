"""Without JavaScript: a form posts, a page waits, a page shows."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tools.models import Attempt, Export, Photo
from tools.workers import cpu

TOOL = "remove-background"


def test_the_form_posts_waits_and_shows(browser, mug, as_file):
    upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
    answer = browser.post(f"/work/{TOOL}/", {"file": upload, "softness": "0"})
    attempt = Attempt.objects.get()
    assert answer["Location"] == f"/work/{attempt.pk}/"
    waiting = browser.get(answer["Location"]).content.decode()
    assert 'http-equiv="refresh"' in waiting
    cpu.work_once()
    shown = browser.get(answer["Location"]).content.decode()
    assert 'http-equiv="refresh"' not in shown
    assert f"/attempts/{attempt.pk}/preview.webp" in shown


def test_a_download_is_waited_for(browser, mug, as_file):
    upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
    browser.post(f"/work/{TOOL}/", {"file": upload})
    cpu.work_once()
    page = f"/work/{Attempt.objects.get().pk}/"
    assert browser.post(f"{page}download/", {"format": "png"})["Location"] == page
    cpu.work_once()
    ready = browser.post(f"{page}download/", {"format": "png"})["Location"]
    answer = browser.get(ready)
    assert answer["Content-Type"] == "image/png"
    answer.close()


def test_a_refused_file_is_answered_in_words(browser):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 and so on", content_type="application/pdf")
    answer = browser.post(f"/work/{TOOL}/", {"file": upload})
    assert answer.status_code == 422
    assert b"PDF" in answer.content


def test_another_attempt_goes_on_with_the_photo(browser, photo):
    browser.post(f"/work/{TOOL}/", {"photo": photo.pk, "softness": "0.5"})
    assert Attempt.objects.get().params["softness"] == 0.5


def test_a_sample_needs_no_file(browser):
    browser.post(f"/work/{TOOL}/", {"sample": "mug-on-paper", "file": "", "softness": "0"})
    assert Attempt.objects.get().photo.name == "mug-on-paper.jpg"


def test_a_photo_from_the_web_is_waited_for_with_its_settings(browser, photo):
    address = "https://example.com/mug.png"
    answer = browser.post(f"/work/{TOOL}/", {"url": address, "file": "", "softness": "0.5"})
    arriving = Photo.objects.exclude(pk=photo.pk).get()
    assert answer["Location"] == f"/work/{TOOL}/{arriving.pk}/?softness=0.5"
    assert 'http-equiv="refresh"' in browser.get(answer["Location"]).content.decode()
    here = browser.get(f"/work/{TOOL}/{photo.pk}/?softness=0.5").content.decode()
    assert 'http-equiv="refresh"' not in here
    assert 'value="0.5"' in here
    assert f'value="{photo.pk}"' in here


def test_a_photo_from_the_web_that_did_not_come_is_told_in_words(browser, photo):
    Photo.objects.update(state="refused", error="unreachable", digest="")
    answer = browser.get(f"/work/{TOOL}/{photo.pk}/")
    assert answer.status_code == 422
    assert "This link cannot be used" in answer.content.decode()
    Photo.objects.update(error="damaged")
    assert "This file cannot be used" in browser.get(answer.request["PATH_INFO"]).content.decode()
    assert browser.get(f"/work/nothing/{photo.pk}/").status_code == 404


def test_a_marketplaces_file_comes_with_what_to_mend(browser, photo):
    browser.post(f"/work/{TOOL}/", {"photo": photo.pk})
    cpu.work_once()
    page = f"/work/{Attempt.objects.get().pk}/"
    browser.post(f"{page}download/", {"format": "webp", "market": "amazon"})
    cpu.work_once()
    shown = browser.get(page).content.decode()
    assert "mug-amazon.webp" in shown
    assert "file type not accepted" in shown.lower()
    assert "Choose one of them above" in shown


def test_a_scene_that_a_marketplace_does_not_take_is_offered_on_white(browser, photo):
    browser.post("/work/add-background/", {"photo": photo.pk, "background": "scene"})
    cpu.work_once()
    page = f"/work/{Attempt.objects.get().pk}/"
    browser.post(f"{page}download/", {"format": "jpeg", "market": "amazon"})
    cpu.work_once()
    scene = Export.objects.get()
    shown = browser.get(page).content.decode()
    (form,) = re.findall(rf'<form id="white-{scene.pk}".*?</form>', shown)
    assert f'<button class="btn quiet" form="white-{scene.pk}">' in shown
    asked = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    browser.post(f"{page}download/", asked)
    cpu.work_once()
    white = Export.objects.exclude(pk=scene.pk).get()
    assert white.options == {**scene.options, "white": True}
    assert {row["id"]: row["ok"] for row in white.facts["preflight"]}["white"]
    assert f"white-{white.pk}" not in browser.get(page).content.decode()


def test_an_attempt_and_the_photo_are_deleted_by_a_form(browser, photo):
    for softness in ("0", "0.5"):
        browser.post(f"/work/{TOOL}/", {"photo": photo.pk, "softness": softness})
    first, last = Attempt.objects.order_by("created")
    page = {"headers": {"accept": "text/html"}}
    assert browser.post(f"/attempts/{last.pk}/delete/", **page)["Location"] == f"/work/{first.pk}/"
    assert browser.post(f"/attempts/{first.pk}/delete/", **page)["Location"] == "/"
    assert browser.post(f"/photos/{photo.pk}/delete/", **page)["Location"] == "/"
    assert not Photo.objects.exists()
