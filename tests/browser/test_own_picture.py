"""The visitor's own picture behind the product, also by a hand that does not wait."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

PAGE = "/add-background/"
NAME = "ground.jpg"


@pytest.fixture(scope="module")
def ground():
    """A picture that is sent in parts, so that it takes a while."""
    noise = np.random.default_rng(3).integers(0, 255, (1200, 1600, 3)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=95)
    assert len(buffer.getvalue()) > 2**20
    return {"name": NAME, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def choose_picture(page):
    page.locator("label", has=page.locator("input[name=background][value=picture]")).click()


def mine(page):
    return page.evaluate("fetch('/mine/').then(answer => answer.json())")["photos"]


def standing(page):
    """The attempts that stand in a picture, as the server tells them."""
    photos = mine(page)
    known = [attempt for photo in photos for attempt in photo["attempts"]]
    return [one for one in known if one["params"].get("background") == "picture"]


def test_a_picture_that_is_still_on_its_way_is_waited_for_and_never_worked_on(visit, photo, ground):
    page = visit(PAGE)
    page.wait_for_selector("packshot-editor:defined")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 400_000}
    network.send("Network.emulateNetworkConditions", slow)
    page.set_input_files("packshot-drop-zone .zone input[type=file]", photo)
    page.wait_for_selector("packshot-viewer[data-state=done]")
    choose_picture(page)
    page.set_input_files("packshot-own-background input[type=file]", ground)
    page.locator(".go").click()
    page.locator(".panel").get_by_text("Waiting for your picture").wait_for()
    page.locator(".panel").get_by_text("%").wait_for()
    page.wait_for_selector("packshot-viewer[data-state=done]")
    assert [attempt["status"] for attempt in standing(page)] == ["done"]
    assert {row["name"]: row["background"] for row in mine(page)} == {NAME: True, "mug.jpg": False}
    # After a reload it is a picture to stand in, as before, and not the photo.
    page.reload()
    page.wait_for_selector("packshot-viewer[data-state=done]")
    assert page.locator("packshot-photo-list img").count() == 1
    assert page.locator("packshot-photo-list [aria-current]").inner_text().strip() == "mug.jpg"
    page.locator(".own button[aria-pressed=true] img").wait_for()


def test_nothing_is_begun_before_the_picture_is_chosen_and_it_is_said(visit, photo):
    page = visit(PAGE)
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("packshot-drop-zone .zone input[type=file]", photo)
    page.wait_for_selector("packshot-viewer[data-state=done]")
    choose_picture(page)
    page.locator(".go").click()
    page.locator(".notice").get_by_text("Choose your picture").wait_for()
    assert standing(page) == []


def test_a_picture_that_cannot_be_read_is_refused_in_words(visit, photo):
    page = visit(PAGE)
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("packshot-drop-zone .zone input[type=file]", photo)
    page.wait_for_selector("packshot-viewer[data-state=done]")
    choose_picture(page)
    broken = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
    page.set_input_files("packshot-own-background input[type=file]", broken)
    page.locator(".notice:not([hidden])").wait_for()
    assert page.locator(".notice").inner_text().strip()
    assert page.locator("packshot-photo-list img").count() == 1
    assert page.locator("input[name=picture]").input_value() == ""


def test_a_picture_is_deleted_alone_with_what_it_is_seen_in(visit, photo, ground):
    page = visit(PAGE)
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("packshot-drop-zone .zone input[type=file]", photo)
    page.wait_for_selector("packshot-viewer[data-state=done]")
    page.locator(".scenes .quote").get_by_text("free").wait_for()
    page.set_input_files(".own-tile input", ground)
    page.wait_for_function(
        "() => document.querySelectorAll('packshot-attempt-strip li:not(.original)').length === 2"
    )
    page.wait_for_selector("packshot-viewer[data-state=done]")
    page.locator('.own [data-picture="ask"]').click()
    page.get_by_text("Delete this picture and the result on it?").wait_for()
    page.locator('[data-picture="keep"]').click()
    assert {row["name"] for row in mine(page)} == {NAME, "mug.jpg"}
    page.locator('.own [data-picture="ask"]').click()
    page.locator('[data-picture="delete"]').click()
    expect(page.locator(".own button")).to_have_count(0)
    assert [row["name"] for row in mine(page)] == ["mug.jpg"]
    assert standing(page) == []
    assert page.locator("packshot-attempt-strip li:not(.original)").count() == 1
    assert page.locator("input[name=picture]").input_value() == ""
    page.wait_for_selector("packshot-viewer[data-state=done]")
