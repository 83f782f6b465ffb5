"""A large photo over a network that goes away in the middle of it."""

import numpy as np
import pytest
from PIL import Image

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
    stage = page.locator("packshot-stage[data-state=waiting]")
    stage.get_by_text("goes on from").first.wait_for()
    assert page.locator(".offline").is_visible()
    page.context.set_offline(False)
    page.locator("packshot-strip li:not(.original)").first.wait_for()
    offsets = [offset for method, offset in sent if method == "PATCH"]
    part = 2**20
    assert offsets[:3] == ["0", str(part), str(part)]
    photos = rows(site, "select bytes, received from tools_upload where name = 'grain.png'")
    assert photos == [(large.stat().st_size, large.stat().st_size)]
    page.locator("[data-act=cancel]").click(force=True)
