"""One setting over all engines of a server that has two."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Site
from tests.browser.hand import CARDS, Hand
from tests.browser.steps import attempts

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    started = Site(
        tmp_path_factory.mktemp("engines"), PACKSHOT_ENGINES="tests.browser.matte_double"
    )
    yield started
    started.end()


def balance(page):
    return page.evaluate("async () => (await (await fetch('/account/balance/')).json()).available")


def test_all_engines_are_tried_side_by_side_and_one_is_picked(visit, photo):
    page = visit()
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    every = page.locator(".engines [data-all-of]")
    # The whole price stands on the button before it is pressed: the built-in engine's is paid.
    expect(every).to_have_text(re.compile(r"^Generate all 2 · [1-9]\d* credits?$"))
    named = int(re.search(r"(\d+) credit", every.text_content())[1])
    had = balance(page)
    every.click()
    shown = page.locator("packshot-contact-sheet li")
    assert shown.locator("[data-slot=name]").all_text_contents() == ["Built in", "Another"]
    expect(shown.locator("button:enabled")).to_have_count(2)
    shown.last.locator("button").click()
    # What was there already was not made again.
    hand.has(2)
    assert had - balance(page) == named
    expect(page.locator('.engines input[value="double"]')).to_be_checked()
    picked = page.locator(f"{CARDS}:has([aria-current])").get_attribute("data-key")
    made = {attempt["id"]: attempt["engines"]["matte"] for attempt in attempts(page)}
    assert made[picked] == "double"
    assert sorted(made.values()) == ["double", "embedded"]
