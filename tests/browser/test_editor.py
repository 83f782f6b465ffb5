"""A visitor stays: tries, paints, compares, moves, goes on with another tool, and loses nothing."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.browser.hand import CARDS, Hand

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def hand(visit, width):
    return Hand(visit(width=width))


# What is looked at: the result, or the preview of the next one over it.
PICTURE = "packshot-live-preview:visible, packshot-compare:visible"


def three_attempts(hand):
    hand.sets("softness", 0.6)
    hand.tries(2)
    hand.sets("shift", 0.5)
    hand.tries(3)
    titles = hand.page.locator(f"{CARDS} b").all_text_contents()
    assert len(set(titles)) == 3


def brush(hand):
    page = hand.page
    page.locator('[data-brush="toggle"]').click()
    page.locator('[name="brush"][value="erase"]').check(force=True)
    page.locator('[name="brush-hard"]').fill("0.5")
    x, y, box = hand.over()
    hand.drags(x, y, box["width"] * 0.1, 0)
    hand.drags(x, y + 20, box["width"] * 0.1, 0)
    page.locator('[data-brush="undo"]').click()
    strokes = json.loads(hand.value("strokes"))
    assert [(stroke["keep"], stroke["hard"]) for stroke in strokes] == [(False, 0.5)]
    hand.tries(4)
    page.locator('[data-brush="away"]').click()


def compare(hand):
    page = hand.page
    other = page.locator("packshot-view-controls select")
    other.select_option(index=1)
    before = page.locator("packshot-compare .before img")
    expect(before).to_have_attribute(
        "src", page.locator(f"{CARDS} img").first.get_attribute("src").replace("thumb", "preview")
    )
    for mode in ("side", "hold", "slider"):
        page.locator(f'[name="mode"][value="{mode}"]').check(force=True)
        assert page.locator("packshot-compare").get_attribute("data-mode") == mode
    for _ in range(5):
        page.locator('[data-zoom="in"]').click()
    expect(page.locator('[data-zoom="whole"] span')).to_have_text("400%")
    if page.locator('[data-zoom="whole"]').is_visible():
        page.locator('[data-zoom="whole"]').click()
    else:  # a phone has no room for it: fingers, and the key beside it
        while page.locator('[data-zoom="out"]').is_visible():
            page.locator('[data-zoom="out"]').click()
    other.select_option("")


def second_tool(hand):
    """A draft before anything is sent, moved by hand, and then the true picture."""
    page = hand.page
    page.locator('[data-tool="add-background"]').click()
    page.wait_for_selector("packshot-live-preview:not([hidden])")
    page.locator('[data-move="toggle"]').click()
    x, y, box = hand.over(".frame")
    hand.drags(x, y, box["width"] * 0.4, 0)
    page.locator(".frame").press("-")
    assert float(hand.value("x")) > 0.55
    assert 0 < float(hand.value("scale")) < 1
    hand.tries(5)
    page.wait_for_selector("packshot-live-preview", state="hidden")
    page.locator('[data-fidelity="open"]').click()
    expect(page.locator(".map")).to_have_attribute(
        "src",
        page.locator(f"{CARDS}:has([aria-current]) img")
        .get_attribute("src")
        .replace("thumb", "map"),
    )
    page.locator('[data-fidelity="close"]').click()
    assert page.locator("packshot-attempt-strip svg [data-way]").count() == 2


def try_all(hand):
    page = hand.page
    page.locator("packshot-scene-picker [data-all]").click()
    ready = page.locator("packshot-contact-sheet li button:enabled")
    expect(ready).to_have_count(6)
    ready.nth(2).click()
    hand.has(11)


def undo_a_deletion(hand):
    page = hand.page
    page.locator(f"{CARDS} [data-mark=favour]:visible").last.click()
    page.locator(f"{CARDS}:has([aria-current]) [data-mark=remove]").click()
    expect(page.locator(CARDS)).to_have_count(10)
    page.locator(".toast button").click()
    hand.has(11)


def test_the_whole_journey(hand, photo, width):
    page = hand.page
    hand.drop(photo)
    hand.has(1)
    three_attempts(hand)
    brush(hand)
    compare(hand)
    second_tool(hand)
    try_all(hand)
    undo_a_deletion(hand)
    before = page.locator(f"{CARDS} b").all_text_contents()
    assert page.evaluate("history.length") <= 2
    page.reload()
    hand.has(11)
    assert page.locator(f"{CARDS} b").all_text_contents() == before
    assert page.locator(f'{CARDS} [data-mark="favour"][aria-pressed="true"]').count() == 1
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_it_is_all_done_by_keys(visit, photo):
    page = visit()
    hand = Hand(page)
    page.wait_for_selector("packshot-editor:defined")
    with page.expect_file_chooser() as chooser:
        page.locator(".zone input").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files(photo)
    hand.has(1)
    press = page.keyboard.press
    for key in ("b", "ArrowRight", "ArrowRight", "Space", "Shift+ArrowDown", "Space", "Control+z"):
        press(key)
    assert len(json.loads(hand.value("strokes"))) == 1
    press("t")
    hand.has(2)
    press("Escape")
    assert not page.locator("packshot-compare[data-brushing]").count()
    press("[")
    expect(page.locator(CARDS).first.locator(".card")).to_have_attribute("aria-current", "true")
    press("f")
    expect(page.locator('[data-mark="favour"][aria-pressed="true"]')).to_have_count(1)
    press("F2")
    press("Control+a")
    page.keyboard.type("For the shop")
    press("Enter")
    expect(page.locator(f"{CARDS} b").first).to_have_text("For the shop")
    press("Delete")
    expect(page.locator(CARDS)).to_have_count(1)
    press("Control+z")
    hand.has(2)
    press("?")
    assert page.locator("packshot-keyboard-shortcuts dialog").is_visible()
    press("Escape")
    page.locator("packshot-compare input[type=range]").focus()
    press("ArrowRight")
    assert page.locator("packshot-compare input[type=range]").input_value() == "0.5"


def test_a_cut_network_loses_nothing(visit, photo):
    page = visit()
    hand = Hand(page)
    page.wait_for_selector("packshot-editor:defined")
    # What comes when a hand is near has come.
    page.mouse.move(5, 5)
    page.wait_for_selector("packshot-attempt-strip:defined", state="attached")
    page.context.set_offline(True)
    hand.drop(photo)
    hand.sees("waiting")
    page.context.set_offline(False)
    hand.has(1)
    page.context.set_offline(True)
    hand.sets("softness", 0.5)
    page.locator(".go").click()
    hand.sees("failed")
    assert page.locator(".offline").is_visible()
    page.context.set_offline(False)
    page.locator('.verdict [data-act="again"]').click()
    hand.sees("done")


def test_on_a_phone_button_and_picture_are_seen_whatever_else_is(visit, photo):
    page = visit(width=390)
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    go = page.locator(".go")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(go).to_be_in_viewport(ratio=1)
    assert "800 × 600" in go.inner_text()
    page.locator('[data-tool="add-background"]').click()
    page.locator("packshot-scene-picker [data-all]").wait_for()
    # It scrolls there smoothly.
    page.wait_for_function(
        "document.querySelector('packshot-viewer').getBoundingClientRect().top >= 0"
    )
    settings = page.locator("packshot-settings").bounding_box()
    # The marks and keys stand under the picture, and may be behind the settings.
    picture = page.locator(PICTURE).first.bounding_box()
    assert picture["y"] + picture["height"] <= settings["y"] + 1
    assert settings["y"] + settings["height"] <= 844
    page.locator("[data-bar=settings]").click()
    page.locator("[data-bar=options]").click()
    expect(page.locator(".get")).to_be_in_viewport(ratio=1)


def test_what_another_tab_deletes_goes_here_too(visit, photo):
    page = visit()
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("packshot-photo-list li").first.click()
    Hand(other).has(1)
    other.locator('[data-act="ask"]').click()
    other.locator('[data-act="delete"]').click()
    page.wait_for_selector(".zone", state="visible")


def test_nothing_is_erased_before_something_is_painted(visit, photo):
    page = visit("/remove-background/")
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    page.locator('[data-tool="erase-object"]').click()
    page.wait_for_selector("packshot-compare[data-brushing]")
    page.locator(".go").click()
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(CARDS)).to_have_count(1)
    x, y, _ = hand.over()
    hand.drags(x, y, 30, 10)
    hand.tries(2)
    # The result is looked at without the paint over it.
    expect(page.locator("packshot-compare")).not_to_have_attribute("data-brushing", "")
