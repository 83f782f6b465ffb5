"""A page does what its words say, at the price that stands on it; everything else waits for a click."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Site
from tests.browser.hand import Hand
from tests.browser.steps import attempts, attempts_at, cut_out
from tools.storage.samples import FOLDER

expect.set_options(timeout=PATIENCE)
DONE = "packshot-viewer[data-state=done]"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    started = Site(
        tmp_path_factory.mktemp("prices"),
        PACKSHOT_ENGINES="tests.browser.matte_double",
        PACKSHOT_FREE_A_VISITOR="1000",
    )
    yield started
    started.end()


def give(page, sample="tea-on-paper"):
    page.set_input_files(".zone input[type=file]", FOLDER / f"{sample}.jpg")
    page.wait_for_selector(DONE)


def test_a_page_that_is_opened_again_does_what_it_is_for_and_old_photos_wait(visit, site):
    page = visit("/remove-background/")
    cut_out(page)
    page.goto(f"{site.address}/enhance-photo/")
    page.locator("packshot-photo-list li[data-key]").nth(1).wait_for()
    assert page.locator(".zone").is_visible()
    assert page.locator("packshot-viewer").is_hidden()
    give(page)
    assert [one["tool"] for one in attempts(page)] == ["enhance-photo"]
    # What waited in the bar is there with its result.
    page.locator("packshot-photo-list li[data-key]").first.click()
    page.wait_for_selector(DONE)
    assert page.locator("[name=tool]").input_value() == "remove-background"


def test_a_reload_goes_on_where_it_was(visit):
    page = visit("/remove-background/")
    cut_out(page)
    page.reload()
    page.wait_for_selector(DONE)


def test_another_engine_and_another_tool_wait_for_a_click(visit):
    page = visit("/remove-background/")
    cut_out(page)
    page.locator('.engines input[value="double"]').check()
    give(page)
    (dropped,) = attempts(page)
    assert (dropped["tool"], dropped["engines"]["matte"]) == ("remove-background", "embedded")
    page.locator('packshot-tool-tabs [data-tool="enhance-photo"]').click()
    expect(page.locator("[name=tool]")).to_have_value("enhance-photo")
    give(page, "bottle-on-paper")
    assert [one["tool"] for one in attempts(page)] == ["remove-background"]


def test_the_zone_names_the_price_and_more_than_that_is_never_asked(visit):
    page = visit("/remove-background/")
    named = page.locator(".zone [data-price]")
    expect(named).to_contain_text("1 credit up to 4 megapixels")
    with page.expect_request(lambda asked: asked.url.endswith("/attempts/")) as asked:
        cut_out(page)
    assert re.search(r'name="most"\s+1\b|(^|&)most=1(&|$)', asked.value.post_data)


def test_the_button_rests_until_something_is_changed(visit):
    page = visit("/remove-background/")
    cut_out(page)
    button = page.locator(".go")
    expect(button).to_be_disabled()
    Hand(page).sets("softness", 0.7)
    expect(button).to_be_enabled()
    button.click()
    Hand(page).has(2)
    expect(button).to_be_disabled()


def test_a_marketplaces_verdict_stands_beside_the_picture_without_a_click(visit):
    page = visit("/amazon-main-image/")
    assert page.locator("#market").input_value() == "amazon"
    cut_out(page)
    checks = page.locator("packshot-download .checks")
    expect(checks.locator("li").first).to_be_visible()
    expect(checks.locator("[data-slot=verdict]")).to_contain_text("Amazon")
    assert page.locator("[name=format]:checked").input_value() == "jpeg"
    assert attempts(page)[0]["params"]["background"] == "colour"


def test_a_tapped_scene_and_a_given_picture_are_made_at_the_price_that_stands_over_them(
    visit, photo, width
):
    page = visit("/add-background/", width=width)
    hand = Hand(page)
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files(".zone input[type=file]", photo)
    hand.has(1)
    said = page.locator("packshot-scene-picker .quote")
    expect(said).to_contain_text("free")
    expect(said).to_be_in_viewport(ratio=1)
    others = page.locator("packshot-scene-picker li button[aria-pressed=false]")
    with page.expect_request(lambda asked: asked.url.endswith("/attempts/")) as asked:
        others.first.click()
    assert re.search(r'name="most"\s+0\b|(^|&)most=0(&|$)', asked.value.post_data)
    hand.has(2)
    # The one that is shown is there already.
    page.locator("packshot-scene-picker li button[aria-pressed=true]").click()
    page.set_input_files(".own-tile input", FOLDER / "tea-on-paper.jpg")
    hand.has(3)
    grounds = [one["params"]["background"] for one in attempts_at(page, "mug.jpg")]
    assert grounds == ["scene", "scene", "picture"]
    expect(page.locator("packshot-scene-picker li button[aria-pressed=true]")).to_have_count(0)


def test_another_tools_button_rests_until_its_own_price_is_on_it(visit):
    page = visit("/remove-background/")
    cut_out(page)
    held = []

    def hold(asked):
        # Playwright marks what it is given, which it cannot with a list's own method.
        held.append(asked)

    page.route("**/tools/enhance-photo/quote/**", hold)
    page.locator('packshot-tool-tabs [data-tool="enhance-photo"]').click()
    expect(page.locator("[name=tool]")).to_have_value("enhance-photo")
    button = page.locator(".go")
    expect(button).to_be_disabled()
    expect(button.locator(".quote")).to_be_empty()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(button).to_be_enabled()
    expect(button.locator(".quote")).to_contain_text("free")
    button.click()
    Hand(page).has(2)


def test_a_double_click_asks_once_and_for_what_is_seen(visit):
    page = visit()
    cut_out(page)
    page.locator('packshot-tool-tabs [data-tool="enhance-photo"]').click()
    expect(page.locator("[name=tool]")).to_have_value("enhance-photo")
    expect(page.locator(".go")).to_be_enabled()
    page.locator(".go").dblclick()
    page.evaluate(
        """async () => {
            const over = ({status}) => ['done', 'failed'].includes(status)
            for (let tries = 0; tries < 600; tries += 1) {
                const {photos} = await (await fetch('/mine/')).json()
                if (photos[0].attempts.length > 1 && photos[0].attempts.every(over)) return
                await new Promise((later) => setTimeout(later, 100))
            }
        }"""
    )
    first, *more = sorted(attempts(page), key=lambda one: one["tool"] != "remove-background")
    assert [(one["tool"], one["parent"], one["status"]) for one in more] == [
        ("enhance-photo", first["id"], "done")
    ]
