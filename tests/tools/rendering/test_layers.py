"""The product alone and what lies behind it, for the page to move over each other."""

import io

import numpy as np
import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.models import Attempt
from tools.photos import uploads
from tools.rendering import layers
from tools.storage import files
from tools.workers import cpu


def made(photo, tool="add-background", **params):
    attempt = lifecycle.start_attempt(photo, tool, params)
    cpu.work_once()
    attempt.refresh_from_db()
    return attempt


def picture(answer):
    assert answer.status_code == 200
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_composite_is_had_in_its_layers(photo, browser, says):
    attempt = made(photo, scene="studio-warm")
    layers = says(browser.get(f"/attempts/{attempt.pk}/"))["layers"]
    cut = picture(browser.get(layers["cut_out"]))
    left, top, right, bottom = layers["box"]
    assert cut.mode == "RGBA"
    assert cut.size == (
        pytest.approx((right - left) * photo.width, abs=1),
        pytest.approx((bottom - top) * photo.height, abs=1),
    )
    behind = picture(browser.get(layers["behind"]))
    assert behind.size == (photo.width, photo.height)
    # The product is red, and what is behind it is not.
    assert np.asarray(behind)[photo.height // 2, photo.width // 2].tolist() != [170, 40, 35]


def test_another_scene_brings_no_other_cut_out(photo):
    first, second = made(photo, scene="studio-warm"), made(photo, scene="marble-light")
    assert first.facts["layers"]["name"] == second.facts["layers"]["name"]
    cut = [name for name in files.list_folder(files.photo_drawn_path(photo.pk)) if "cut-" in name]
    assert len(cut) == 1


def test_a_cut_out_has_nothing_behind_it(photo, browser, says):
    attempt = made(photo, "remove-background")
    layers = says(browser.get(f"/attempts/{attempt.pk}/"))["layers"]
    assert layers["behind"] is None
    assert picture(browser.get(layers["cut_out"])).mode == "RGBA"


def test_layers_say_the_size_of_what_they_are_shares_of(photo):
    wide = made(photo, "expand-photo", ratio="16:9")
    assert made(photo).facts["layers"]["size"] == [photo.width, photo.height]
    placed = lifecycle.start_attempt(photo, "add-background", {"scene": "studio-warm"}, parent=wide)
    cpu.work_once()
    placed.refresh_from_db()
    assert placed.facts["layers"]["size"] == [wide.width, wide.height]


def test_what_goes_on_from_a_doubtful_product_is_made_and_offers_no_other(photo, monkeypatch):
    second = layers.second

    def doubtful(run, plan, photo):
        run.facts["subject"] = {"outline": {"sure": False}, "doubts": {"rival": True}}
        return second(run, plan, photo)

    cut = made(photo, "remove-background")
    monkeypatch.setattr(layers, "second", doubtful)
    after = lifecycle.start_attempt(photo, "enhance-photo", {}, parent=cut)
    cpu.work_once()
    after.refresh_from_db()
    assert (after.status, after.facts.get("other")) == ("done", {})


def test_layers_die_with_the_photo(photo, django_capture_on_commit_callbacks):
    attempt = made(photo)
    cut = files.cut_out(photo.pk, attempt.facts["layers"]["name"])
    assert files.file_exists(cut)
    assert files.file_exists(files.attempt_behind_path(attempt.pk))
    with django_capture_on_commit_callbacks(execute=True):
        uploads.delete_photo(photo)
    assert not files.file_exists(cut)
    assert not files.file_exists(files.attempt_behind_path(attempt.pk))
    assert not Attempt.objects.exists()


def test_layers_are_nobody_elses(photo, client, says):
    attempt = made(photo)
    name = attempt.facts["layers"]["name"]
    assert client.get(f"/photos/{photo.pk}/cut/{name}.webp").status_code == 404
    assert client.get(f"/attempts/{attempt.pk}/behind.jpeg").status_code == 404


def test_attempts_are_told_apart_by_what_was_asked(photo, browser, says):
    titles = [
        says(browser.get(f"/attempts/{made(photo, **params).pk}/"))["title"]
        for params in (
            {"scene": "marble-light"},
            {"background": "colour", "colour": "#ffffff"},
            {"background": "colour", "colour": "#aabbcc"},
            {"tool": "remove-background"},
        )
    ]
    assert titles[1:] == ["White", "#aabbcc", "Remove background"]
    assert "arble" in titles[0]


def test_an_own_picture_is_named_by_the_photo_it_is(photo, upload, browser, says):
    from tools.rendering import ingest

    other = upload(name="table.png")
    ingest.ingest_photo(other.pk)
    other.refresh_from_db()
    posted = {
        "tool": "add-background",
        "photo": photo.pk,
        "background": "picture",
        "picture": other.pk,
    }
    made = says(browser.post("/attempts/", posted))
    # Both files hold the same pixels; the newest of the visitor's photos stands for them.
    assert made["params"]["picture"] == str(other.pk)
    again = says(browser.post("/attempts/", {**posted, "picture": made["params"]["picture"]}))
    assert again["params"]["picture"] == str(other.pk)
