"""What a visitor does with a result: files for a marketplace, a ZIP, a link, a recipe, an opinion."""

import json
import zipfile

import pytest

from tests.browser.steps import attempts, cut_out, picture, post, rows

PAGE = "/remove-background/"
ALL = {
    "download",
    "leave",
    "preset_used",
    "rating",
    "tool_input",
    "tool_result",
    "tool_start",
    "tool_view",
    "vitals",
}


@pytest.fixture(scope="module")
def page(chrome, site):
    """One visitor with one result, for all that is done with it."""
    size = {"width": 1440, "height": 900}
    context = chrome.new_context(viewport=size, accept_downloads=True)
    context.set_default_timeout(60_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.address + PAGE)
    cut_out(page)
    yield page
    context.close()
    assert complaints == []


def test_a_file_for_a_marketplace_is_checked_in_words_before_it_is_taken(page):
    page.locator("packshot-download label", has_text="JPEG").click()
    page.select_option("#market", "amazon")
    # The sample is smaller than what is recommended, and that is said.
    page.locator(".checks[data-verdict=warned] li").first.wait_for()
    words = page.locator(".checks").inner_text()
    assert "enlarged" in words
    assert "Amazon" in words
    assert "pure white" in words
    with page.expect_download() as download:
        page.locator(".get").click()
    assert download.value.suggested_filename == "mug-on-paper-amazon.jpg"
    found = picture(download.value)
    assert (found.format, found.size) == ("JPEG", (2000, 2000))
    assert found.getpixel((0, 0)) == (255, 255, 255)


def test_an_opinion_is_asked_for_once_and_only_after_a_download(page, site):
    asked = page.locator("packshot-rating")
    asked.get_by_role("radio", name="4 of 5").check(force=True)
    asked.get_by_label("What should be better").fill("The shadow")
    asked.get_by_role("button", name="Send").click()
    asked.get_by_text("Thank you").wait_for()
    assert rows(site, "select stars, words, locale from tools_rating") == [(4, "The shadow", "en")]
    with page.expect_download():
        page.locator(".get").click()
    assert not asked.get_by_role("radio").first.is_visible()


def test_a_download_can_be_smaller(page):
    page.select_option("#market", "")
    page.locator("packshot-download label", has_text="PNG").click()
    page.select_option("#side", "600")
    assert "600 × 450" in page.locator(".get").inner_text()
    with page.expect_download() as download:
        page.locator(".get").click()
    assert picture(download.value).size == (600, 450)


@pytest.mark.parametrize(("ground", "colour"), [("white", (255, 255, 255)), ("black", (0, 0, 0))])
def test_what_is_tapped_behind_the_result_is_behind_it_in_the_file(page, ground, colour):
    page.select_option("#side", "")
    page.locator("packshot-download label", has_text="PNG").click()
    page.click(f"button[data-backdrop={ground}]")
    with page.expect_download() as download:
        page.locator(".get").click()
    found = picture(download.value)
    assert (found.format, found.mode, found.getpixel((0, 0))) == ("PNG", "RGB", colour)
    page.click("button[data-backdrop=checker]")
    with page.expect_download() as download:
        page.locator(".get").click()
    assert picture(download.value).getpixel((0, 0))[3] == 0


def test_all_favourites_come_as_one_file(page, tmp_path):
    made = attempts(page)[-1]
    post(page, f"/attempts/{made['id']}/favourite/", on="1")
    with page.expect_download() as download:
        page.locator("[data-zip=start]").click()
    assert download.value.suggested_filename == "mug-on-paper-favourites.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["mug-on-paper-remove-background.png"]


def test_a_link_shows_the_result_until_it_is_ended(page, chrome):
    page.locator("[data-more=share]").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create link").click()
    dialog.get_by_role("button", name="Copy").click()
    dialog.get_by_text("in the clipboard").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    stranger = chrome.new_context().new_page()
    assert stranger.goto(link).status == 200
    assert stranger.locator("img[src$='after.webp']").is_visible()
    dialog.get_by_role("button", name="End it now").click()
    dialog.get_by_role("button", name="Create link").wait_for()
    assert stranger.goto(link).status == 410
    stranger.context.close()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_a_result_is_copied_and_it_is_said_where_one_looks(page):
    page.locator("[data-more=picture]").click()
    page.locator(".flash").get_by_text("Copied").wait_for()
    size = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read()
            const picture = await createImageBitmap(await item.getType('image/png'))
            return [picture.width, picture.height]
        }"""
    )
    assert size == [attempts(page)[-1]["width"], attempts(page)[-1]["height"]]


def test_a_recipe_is_copied_and_followed_on_another_photo(page):
    first = attempts(page)[-1]
    post(page, "/photos/", sample="watch-on-desk")
    page.locator("packshot-photo-list .thumb img[src*='/photos/']").nth(1).wait_for()
    page.locator("[data-more=recipe]").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Copy").click()
    dialog.get_by_text("Copied").wait_for()
    recipe = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert (recipe["tool"], recipe["params"]) == (first["tool"], first["params"])
    dialog.locator("label", has_text="Command").click()
    assert dialog.get_by_label("The recipe").input_value().startswith("manage.py apply remove-back")
    dialog.locator(".others button").first.click()
    dialog.wait_for(state="hidden")
    page.wait_for_selector("packshot-viewer[data-state=done]")
    made = attempts(page)[-1]
    assert made["photo"] != first["photo"]
    assert made["params"] == first["params"]


def test_what_happened_is_counted_by_the_site_itself(page, site):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site.address}/tools/")
    mine = "select visit from tools_measure where event = 'rating'"
    columns = "event, page, locale, tool, attempt, label, value"
    query = f"select {columns} from tools_measure where visit in ({mine}) order by id"
    # Batches are written by the queue, in whatever order, when the pictures before them are made.
    found = rows(site, query, until=lambda told: {row[0] for row in told} >= ALL, within=120)
    told = {}
    for event, *rest in found:
        told.setdefault(event, []).append(rest)
    assert told.keys() >= ALL
    assert {tuple(rest[:2]) for rests in told.values() for rest in rests} == {(PAGE, "en")}
    numbers = [rest[3] for rest in told["tool_start"]]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    first = next(rest for rest in told["tool_result"] if rest[3] == 1)
    assert first[2] == "remove-background"
    assert 0 < first[5] < 60_000
    assert [rest[4] for rest in told["preset_used"]] == ["amazon"]
    assert {"jpeg", "png", "zip"} <= {rest[4] for rest in told["download"]}
    assert [rest[5] for rest in told["rating"]] == [4]
    assert all(url.startswith((site.address, "about:", "blob:")) for url in requests)


def test_who_does_not_want_to_be_counted_is_not(visit, site):
    before = rows(site, "select count(*) from tools_measure")
    page = visit(extra_http_headers={"DNT": "1"})
    page.evaluate("navigator.sendBeacon('/measures/', JSON.stringify([{event: 'leave'}]))")
    page.wait_for_load_state("networkidle")
    assert (
        rows(
            site,
            "select count(*) from tools_measure",
            until=lambda found: found != before,
            within=1,
        )
        == before
    )


def test_an_address_in_a_private_network_is_refused_in_words(visit, site):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    page.get_by_label("or paste an image link").fill("http://127.0.0.1/photo.jpg")
    page.keyboard.press("Enter")
    page.locator(".verdict").get_by_text("private network").wait_for()


def test_a_photo_comes_by_its_address_and_is_begun_when_its_size_is_known(visit):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")

    def web(route, request):
        """Our own sample, as if it were still on its way from there."""
        assert request.post_data == "url=https%3A%2F%2Fexample.com%2Fmug.jpg"
        answer = route.fetch(post_data="sample=mug-on-paper")
        route.fulfill(
            response=answer, json={**answer.json(), "width": 0, "height": 0, "share": 0.2}
        )

    page.route("**/photos/", web)
    page.get_by_label("or paste an image link").fill("https://example.com/mug.jpg")
    page.get_by_role("button", name="Load").click()
    page.wait_for_selector("packshot-viewer[data-state=done]")
    assert [attempt["status"] for attempt in attempts(page)] == ["done"]


def test_a_second_window_learns_of_a_deletion(visit):
    page = visit()
    cut_out(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("packshot-photo-list li").first.click()
    other.wait_for_selector("packshot-viewer[data-state=done]")
    page.get_by_role("button", name="Delete now").click()
    page.locator("packshot-expiry").get_by_role("button", name="Delete", exact=True).click()
    page.locator("html:not([data-working])").wait_for()
    other.locator("html:not([data-working])").wait_for()
