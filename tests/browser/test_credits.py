"""From the last free attempt to the exported ledger, in a browser, as somebody unknown."""

import csv
import re
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Site

SAMPLES = ROOT / "tools/static/tools/samples"
DONE, FAILED = (f"packshot-viewer[data-state={state}]" for state in ("done", "failed"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that gives one credit a day, and lays its letters into a folder."""
    folder = tmp_path_factory.mktemp("till")
    (folder / "letters").mkdir()
    started = Site(
        folder, PACKSHOT_FREE_A_VISITOR="1", PACKSHOT_MAIL_URL=f"file://{folder / 'letters'}"
    )
    yield started
    started.end()


def code(site):
    """The one in the newest letter."""
    letters = sorted((site.folder / "letters").iterdir(), key=lambda path: path.stat().st_mtime)
    return re.search(r"^([A-Z0-9-]{6,})$", letters[-1].read_text(), re.MULTILINE)[1]


def try_on(page, sample, state=DONE):
    """Have a photo cut out; another than the last costs anew."""
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("input[type=file]", SAMPLES / f"{sample}.jpg")
    page.wait_for_selector(state)


def counted(page, many):
    page.locator("header credit-counter b", has_text=re.compile(f"^{many}$")).wait_for()


def test_free_attempts_run_out_and_credits_are_bought_spent_and_given_back(visit, site):
    page = visit(width=390)
    assert page.get_by_role("link", name="Account").is_visible()

    try_on(page, "mug-on-paper")
    counted(page, 0)
    try_on(page, "tea-on-paper", FAILED)
    verdict = page.locator("packshot-viewer .verdict")
    assert "costs 1 credit and you have 0" in verdict.inner_text()

    verdict.get_by_role("button", name="Buy 500 credits for $5").click()
    page.get_by_label("E-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code(site))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Continue to payment").click()
    assert "takes no money" in page.locator("main").inner_text()
    page.get_by_role("button", name="Pay $5").click()

    # Back where it stopped, with the same photos, and enough to go on.
    page.wait_for_selector("packshot-photo-list li")
    counted(page, 500)
    page.locator("button.go").click()
    page.wait_for_selector(DONE)
    counted(page, 499)

    page.get_by_text("Bad result? Credits back").click()
    page.get_by_label("The edges are wrong").check()
    page.get_by_role("button", name="Credits back").click()
    page.get_by_text("1 credit is back on your account").first.wait_for()
    counted(page, 500)

    page.locator("header credit-counter a").click()
    page.get_by_role("heading", name="History").wait_for()
    with page.expect_download() as exported:
        page.get_by_role("link", name="Export as CSV").click()
    lines = list(csv.DictReader(Path(exported.value.path()).read_text().splitlines()))
    moved = [(line["what"], int(line["credits"])) for line in lines]
    before_signing_in = [("spent", -1), ("added", 1)]
    assert moved == [("given back", 1), ("spent", -1), ("added", 500), *before_signing_in]
