"""The life of a plan at the test checkout, in a browser: bought, upgraded twice, downgraded, failed,
disputed and refunded.
"""

import re

import pytest

from tests.browser.conftest import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that lays its letters into a folder."""
    folder = tmp_path_factory.mktemp("life")
    (folder / "letters").mkdir()
    started = Site(
        folder, PACKSHOT_FREE_A_VISITOR="0", PACKSHOT_MAIL_URL=f"file://{folder / 'letters'}"
    )
    yield started
    started.end()


def letters(site):
    found = sorted((site.folder / "letters").iterdir(), key=lambda path: path.stat().st_mtime)
    return [path.read_text() for path in found]


@pytest.fixture
def sign_in(visit, site):
    def sign_in(email):
        page = visit("/account/")
        page.goto(f"{site.address}/accounts/login/code/?next=/account/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Code").wait_for()
        code = re.search(r"^([A-Z0-9-]{6,})$", letters(site)[-1], re.MULTILINE)[1]
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Balance").wait_for()
        return page

    return sign_in


class Customer:
    """Somebody at their account page, and at the till behind it."""

    def __init__(self, site, page):
        self.site = site
        self.page = page

    def at_account(self):
        self.page.goto(f"{self.site.address}/account/")

    def has(self, many):
        """The worker hears of it in a moment; the page is looked at until it says so."""
        counter = self.page.locator("main credit-counter b", has_text=re.compile(f"^{many}$"))
        for _ in range(60):
            self.at_account()
            if counter.count():
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(self.page.locator("#balance").locator("..").inner_text())

    def buys(self, button):
        self.page.goto(f"{self.site.address}/pricing/")
        self.page.get_by_role("button", name=button).click()
        self.page.get_by_role("button", name="Pay").first.click()

    def changes_to(self, plan):
        self.at_account()
        self.page.get_by_role("button", name=f"Change to {plan}").click()

    def sure(self):
        self.page.get_by_role("button", name="Change the plan").click()
        self.page.get_by_role("heading", name="Balance").wait_for()

    def at_till(self, button):
        self.at_account()
        self.page.get_by_role("button", name="Manage billing").click()
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state()

    def says(self):
        return self.page.locator("main").inner_text()


def test_a_plan_is_bought_upgraded_twice_downgraded_and_asked_about(sign_in, site):
    one = Customer(site, sign_in("ada@example.com"))
    one.buys("Subscribe for $9")
    one.has("1,500")

    # Not a second one: change instead.
    one.page.goto(f"{site.address}/pricing/")
    one.page.get_by_role("button", name="Subscribe for $100").click()
    assert "change it here" in one.says()

    # What it costs today is said before.
    one.changes_to("Studio")
    assert re.search(r"\$21(\.\d\d)? now, then \$30 a month", one.says())
    one.sure()
    one.has("6,000")
    one.changes_to("Shop")
    assert re.search(r"\$70(\.\d\d)? now, then \$100 a month", one.says())
    one.sure()
    one.has("25,000")

    one.changes_to("Seller")
    assert "Nothing now" in one.says()
    one.sure()
    assert "Seller from" in one.says()
    one.page.get_by_role("button", name="Stay on Shop").click()
    assert "You stay on the plan Shop" in one.says()
    assert "Seller from" not in one.says()


def test_a_card_that_fails_and_a_bank_that_asks_change_nothing_until_it_is_paid(sign_in, site):
    one = Customer(site, sign_in("bea@example.com"))
    one.buys("Subscribe for $9")
    one.has("1,500")
    one.at_till("Change that")
    one.at_till("Change that")
    assert "bank asks" in one.says()
    one.changes_to("Studio")
    one.sure()
    assert "A payment waits for you" in one.says()
    one.has("1,500")
    one.page.get_by_role("link", name="Confirm the payment").click()
    one.page.get_by_role("button", name="Confirm $21").click()
    one.has("6,000")
    assert "A payment waits" not in one.says()
    assert any("confirm a payment" in letter for letter in letters(site))


def test_a_payment_is_disputed_and_won_and_another_refunded(sign_in, site):
    one = Customer(site, sign_in("cleo@example.com"))
    one.buys("Buy for $5")
    one.has("500")
    one.at_till("Dispute")
    one.has("0")
    one.at_till("The seller wins")
    one.has("500")
    one.at_till("Refund")
    one.has("0")
