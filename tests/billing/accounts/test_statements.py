import csv
import io
import re
from datetime import timedelta

import pytest

from billing.accounts import free_allowance, payers
from billing.credits import grants, holds
from billing.models import Source
from tests.billing.browsing import as_browser, text

LEASE = timedelta(minutes=10)


@pytest.fixture
def browser(alice):
    return as_browser(alice)


def deliver(account, attempt="one", amount=5, *, free=None, **note):
    holds.hold_credits(account, amount, attempt, lease=LEASE, note=note, free=free)
    holds.capture_hold(attempt)


def test_a_visitor_sees_balance_and_movements_without_an_account(visitor):
    account = payers.account_of_visitor(visitor)
    # The test client's own address.
    free = free_allowance.find_free_day(account, "127.0.0.1")
    deliver(account, free=free, tool="remove-background", photo="mug.png")
    client = as_browser(visitor=visitor)
    page = text(client.get("/account/"))
    assert "5 credits" in page
    assert "Spent: Remove background, mug.png -5" in page
    assert "Added: Free today +5" in page
    assert "Free today 5 midnight UTC" in page
    assert client.get("/account/balance/").json() == {
        "available": 5,
        "held": 0,
        "signed_in": False,
    }


def test_each_bucket_is_shown_with_its_end(browser, give, clock):
    give(10, Source.PURCHASE)
    give(7, Source.SUBSCRIPTION, expires=clock.now + timedelta(days=3))
    page = text(browser.get("/account/"))
    assert "Monthly plan 7 25 November 2026 12:00 UTC" in page
    assert "Bought 10 does not expire" in page


def test_one_charge_from_two_buckets_is_one_line(browser, account, give, clock):
    give(3, expires=clock.now + timedelta(days=1))
    give(10)
    deliver(account)
    assert text(browser.get("/account/")).count("Spent") == 1
    assert "-5" in text(browser.get("/account/"))


def test_long_histories_have_pages(browser, account, give):
    for index in range(60):
        give(index + 1)
    first = browser.get("/account/").content.decode()
    older = re.search(r"\?before=(\d+)", first)[1]
    assert "+60" in first
    assert "+1<" in browser.get(f"/account/?before={older}").content.decode()


def test_the_ledger_is_exported_and_no_name_becomes_a_formula(browser, account, give):
    give(20)
    deliver(account, tool="enhance-photo", photo="=HYPERLINK(1)")
    answer = browser.get("/account/credits.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [int(row["credits"]) for row in rows] == [-5, 20]
    assert rows[0]["photo"] == "'=HYPERLINK(1)"


def test_what_a_visitor_spent_stays_in_the_history_and_the_move_is_not_told(
    account, alice, visitor, give
):
    theirs = payers.account_of_visitor(visitor)
    give(20, to=theirs)
    deliver(theirs)
    payers.signed_in(visitor, alice)
    page = as_browser(alice).get("/account/credits.csv")
    rows = csv.DictReader(io.StringIO(b"".join(page.streaming_content).decode()))
    assert [(row["what"], row["credits"]) for row in rows] == [("spent", "-5"), ("added", "20")]
    assert holds.count_spendable(account) == 15


def test_a_debt_is_said_plainly(browser, account, give):
    bought = give(10, Source.PURCHASE)
    deliver(account, amount=10)
    grants.take_back(bought, 10, reason="dispute")
    assert "10 credits are owed" in text(browser.get("/account/"))
