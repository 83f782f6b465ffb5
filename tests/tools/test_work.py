"""Without JavaScript: a form posts, a page waits, a page shows."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tools import worker
from tools.models import Attempt

TOOL = "remove-background"


def test_the_form_posts_waits_and_shows(browser, mug, as_file):
    upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
    answer = browser.post(f"/work/{TOOL}/", {"file": upload, "softness": "0"})
    attempt = Attempt.objects.get()
    assert answer["Location"] == f"/work/{attempt.pk}/"
    waiting = browser.get(answer["Location"]).content.decode()
    assert 'http-equiv="refresh"' in waiting
    worker.work()
    shown = browser.get(answer["Location"]).content.decode()
    assert 'http-equiv="refresh"' not in shown
    assert f"/attempts/{attempt.pk}/preview.webp" in shown


def test_a_download_is_waited_for(browser, mug, as_file):
    upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
    browser.post(f"/work/{TOOL}/", {"file": upload})
    worker.work()
    page = f"/work/{Attempt.objects.get().pk}/"
    assert browser.post(f"{page}download/", {"format": "png"})["Location"] == page
    worker.work()
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
