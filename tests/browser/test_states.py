"""What the page shows of states that are over soon, or that nobody wants."""

from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.browser.hand import CARDS, Hand

expect.set_options(timeout=PATIENCE)


def test_an_attempt_that_failed_says_so_on_its_card(visit, photo):
    page = visit()
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    assert not page.locator(f"{CARDS} .face").is_visible()
    spent = {"error": "out-of-credits", "words": "This attempt costs 1 credit and you have 0."}
    page.route("**/attempts/", lambda route: route.fulfill(status=402, json=spent))
    hand.sets("softness", 0.5)
    page.locator(".go").click()
    hand.sees("failed")
    expect(page.locator(f"{CARDS} .face").last).to_have_text("Failed")


def test_the_price_is_in_sight_and_what_is_folded_away_stays_as_it_was_left(visit, photo):
    page = visit("/add-background/")
    hand = Hand(page)
    hand.drop(photo)
    hand.has(1)
    scenes = page.locator("packshot-collapsible[data-name=scene]")
    expect(scenes.locator("[data-slot=scene]")).to_have_text("White studio")
    scenes.locator("summary").press("Enter")
    expect(scenes.locator(".scene-list")).to_be_visible()
    expect(page.locator(".go")).to_be_in_viewport(ratio=1)
    page.locator(".get").scroll_into_view_if_needed()
    expect(page.locator(".get")).to_be_in_viewport(ratio=1)
    # The picture goes along with the long column beside it, to its end.
    expect(page.locator("packshot-compare")).to_be_in_viewport(ratio=0.99)
    page.locator('[data-tool="remove-background"]').click()
    expect(scenes).to_have_count(0)
    page.locator('[data-tool="add-background"]').click()
    expect(scenes.locator(".scene-list")).to_be_visible()
    page.reload()
    hand.has(1)
    expect(scenes.locator(".scene-list")).to_be_visible()


def test_without_a_script_nothing_is_promised_that_needs_one(visit):
    page = visit(java_script_enabled=False)
    assert "or drop it here" in page.locator(".zone").inner_text()
    assert "paste" not in page.locator(".zone").inner_text()
