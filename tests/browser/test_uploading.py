"""Photos on their way in: a network that goes away in the middle, and a visitor who thinks again."""

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.steps import rows


@pytest.fixture
def large(tmp_path):
    """A photo of several parts: noise does not pack."""
    path = tmp_path / "grain.png"
    noise = np.random.default_rng(3).integers(0, 256, (800, 1200, 3), np.uint8)
    Image.fromarray(noise).save(path, compress_level=0)
    assert path.stat().st_size > 2 * 2**20
    return path


def test_an_upload_that_lost_the_network_goes_on_where_it_was(visit, site, large):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    sent = []

    def network(route, request):
        """The first part gets through, then there is no network for a while."""
        sent.append((request.method, request.headers.get("upload-offset")))
        if request.method == "PATCH" and len(sent) == 2:
            page.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/uploads/*/", network)
    page.set_input_files("input[type=file]", large)
    stage = page.locator("packshot-viewer[data-state=waiting]")
    stage.get_by_text("goes on from").first.wait_for()
    assert page.locator(".offline").is_visible()
    page.context.set_offline(False)
    page.locator("packshot-attempt-strip li:not(.original)").first.wait_for()
    offsets = [offset for method, offset in sent if method == "PATCH"]
    part = 2**20
    assert offsets[:3] == ["0", str(part), str(part)]
    photos = rows(site, "select bytes, received from tools_upload where name = 'grain.png'")
    assert photos == [(large.stat().st_size, large.stat().st_size)]
    page.locator("[data-act=cancel]").click(force=True)


def test_a_photo_that_waits_its_turn_is_called_off_and_holds_nobody_up(visit, photo):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    held = []

    def network(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/photos/", network)
    page.set_input_files("input[type=file]", [photo] * 3)
    thumbs = page.locator("packshot-photo-list .thumb:not(.add)")
    expect(thumbs).to_have_count(3)
    thumbs.nth(1).click()
    page.locator("[data-act=cancel]").click()
    expect(thumbs).to_have_count(2)
    held[0].continue_()
    expect(page.locator("packshot-photo-list [data-state=ready]")).to_have_count(2)
