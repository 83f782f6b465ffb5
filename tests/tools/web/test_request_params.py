"""Pictures to stand in, as posts bring them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tools.models import Attempt, Photo
from tools.rendering import ingest
from tools.storage import files


@pytest.fixture
def sent(browser, mug, as_file):
    """The answer to a photo that a visitor sends for a purpose."""

    def sent(purpose):
        file = SimpleUploadedFile("ground.png", as_file(mug), "image/png")
        return browser.post("/photos/", {"file": file, "purpose": purpose}).json()

    return sent


def stand(browser, photo, picture):
    return browser.post(
        "/attempts/",
        {
            "photo": photo.pk,
            "tool": "add-background",
            "background": "picture",
            "picture": picture,
        },
    )


def test_a_picture_to_stand_in_is_known_as_one(sent):
    assert sent("background")["background"] is True
    assert sent("")["background"] is False


def test_one_that_comes_in_parts_is_known_too(browser, mug, as_file):
    data = as_file(mug)
    begun = browser.post(
        "/uploads/", {"name": "ground.png", "bytes": len(data), "purpose": "background"}
    ).json()
    for start in range(0, len(data), files.PART_BYTES):
        answer = browser.patch(
            begun["url"],
            data[start : start + files.PART_BYTES],
            content_type="application/octet-stream",
            headers={"Upload-Offset": str(start)},
        )
    assert answer.json()["photo"]["background"] is True


def test_a_picture_that_nobody_has_read_yet_is_refused_in_words_and_costs_nothing(
    browser, photo, sent
):
    ground = sent("background")
    answer = stand(browser, photo, ground["id"])
    assert (answer.status_code, answer.json()["error"]) == (409, "picture-not-ready")
    assert "Nothing was charged" in answer.json()["words"]
    assert not Attempt.objects.exists()
    ingest.ingest_photo(Photo.objects.get(pk=ground["id"]).pk)
    assert stand(browser, photo, ground["id"]).status_code == 201


def test_a_picture_that_was_refused_is_refused_in_words(browser, photo, sent):
    ground = sent("background")
    Photo.objects.filter(pk=ground["id"]).update(state="refused")
    answer = stand(browser, photo, ground["id"])
    assert answer.json()["error"] == "photo-gone"
    assert answer.json()["words"]
