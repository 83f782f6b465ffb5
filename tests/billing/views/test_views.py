"""What people see of their money, and what they may do."""

import csv
import io
import json
import re
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from billing import local_webhooks, prices
from billing.accounts import api_keys, free_allowance, payers
from billing.credits import grants, holds
from billing.models import Account, ApiKey, AutoTopUp, Hold, Purchase, Source, StripeEvent
from billing.payments import event_handlers
from tests.billing.browsing import as_browser, said, text

LEASE = timedelta(minutes=10)


@pytest.fixture
def browser(alice):
    return as_browser(alice)


def deliver(account, attempt="one", amount=5, *, free=None, **note):
    holds.hold_credits(account, amount, attempt, lease=LEASE, note=note, free=free)
    holds.capture_hold(attempt)


def test_everything_about_prices_stands_on_one_page_and_comes_from_the_list(client):
    page = text(client.get("/pricing/"))
    for item in (*prices.PACKS, *prices.PLANS):
        assert str(item.cost) in page
        assert item.name in page
    assert "8 credits up to 2 megapixels, then 1 for each one more" in page
    assert "10 credits a day are free" in page


def test_the_price_list_asks_for_no_cookie(client):
    assert not client.get("/pricing/").cookies


def test_buying_asks_who_you_are_and_goes_on_from_there(client, alice):
    form = {"item": "pack-500", "next": "/remove-background/"}
    answer = client.post("/pricing/buy/", form, HTTP_SEC_FETCH_SITE="same-origin")
    door = urlsplit(answer["Location"])
    assert door.path == "/accounts/login/code/"
    page = as_browser(alice).get(parse_qs(door.query)["next"][0])
    assert "$5 before tax" in text(page)
    assert 'name="next" value="/remove-background/"' in page.content.decode()


def test_the_till_leads_back_to_where_one_was_and_nowhere_else(browser):
    form = {"item": "pack-500", "next": "/remove-background/"}
    till = browser.post("/pricing/buy/", form)["Location"]
    back = browser.post(till, {"how": "now"})["Location"]
    assert browser.get(back)["Location"] == "/remove-background/"
    # The event was quicker.
    till = browser.post("/pricing/buy/", form)["Location"]
    back = browser.post(till, {"how": "now"})["Location"]
    for event in StripeEvent.objects.filter(state="new"):
        event_handlers.handle_event(event.pk)
    assert Purchase.objects.count() == 2
    assert browser.get(back)["Location"] == "/remove-background/"
    till = browser.post("/pricing/buy/", {**form, "next": "https://elsewhere.example/"})["Location"]
    back = browser.post(till, {"how": "now"})["Location"]
    assert browser.get(back)["Location"] == "/account/"


def test_a_script_is_told_of_credits_back_in_words(browser, account, give):
    give(20)
    deliver(account)
    form = {"attempt": "one", "reason": "edges"}
    answer = browser.post("/account/credits-back/", form, headers={"Accept": "application/json"})
    assert "5 credits are back" in answer.json()["words"]
    form["reason"] = "it is ugly"
    answer = browser.post("/account/credits-back/", form, headers={"Accept": "application/json"})
    assert answer.status_code == 409


def test_results_too_old_for_it_offer_no_credits_back(browser, account, give, clock):
    give(20)
    deliver(account)
    assert "Bad result?" in text(browser.get("/account/"))
    clock.passes(hours=25)
    assert "Bad result?" not in text(browser.get("/account/"))


def test_a_browser_that_did_nothing_has_nothing_to_show(client):
    assert "after your first photo" in text(client.get("/account/"))
    assert client.get("/account/balance/").json() == {
        "available": None,
        "held": 0,
        "signed_in": False,
    }
    assert not Account.objects.exists()


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


def test_a_bad_result_is_given_back_in_one_click(browser, account, give, now_at):
    give(20)
    deliver(account)
    form = {"attempt": "one", "reason": "edges"}
    assert "5 credits are back" in said(browser, "/account/credits-back/", form)
    assert now_at(account) == (20, 0, 0)


def test_what_a_visitor_paid_is_given_back_after_signing_in(alice, visitor, give):
    theirs = payers.account_of_visitor(visitor)
    give(20, to=theirs)
    deliver(theirs)
    payers.signed_in(visitor, alice)
    form = {"attempt": "one", "reason": "edges"}
    assert "5 credits are back" in said(as_browser(alice), "/account/credits-back/", form)


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


def test_nobody_gives_back_anothers_result(browser, give, visitor):
    theirs = payers.account_of_visitor(visitor)
    give(20, to=theirs)
    deliver(theirs)
    form = {"attempt": "one", "reason": "edges"}
    assert "not on your account" in said(browser, "/account/credits-back/", form)
    assert Hold.objects.get().given_back is None


def test_a_limit_that_is_reached_is_said(browser, account, give, settings):
    settings.BILLING_LIMITS = {"give_backs_a_day": 0}
    give(20)
    deliver(account)
    form = {"attempt": "one", "reason": "edges"}
    assert "Try again tomorrow" in said(browser, "/account/credits-back/", form)


def test_a_cap_is_set_and_lifted(browser, account):
    said(browser, "/account/cap/", {"monthly_cap": "50"})
    assert Account.objects.get(pk=account.pk).monthly_cap == 50
    assert "whole number" in said(browser, "/account/cap/", {"monthly_cap": "-1"})
    said(browser, "/account/cap/", {"monthly_cap": ""})
    assert Account.objects.get(pk=account.pk).monthly_cap is None


def test_a_keys_secret_is_shown_once_and_not_kept(browser, account):
    page = said(browser, "/account/keys/", {"name": "Shop", "monthly_cap": "9"})
    secret = re.search(r"psk_[\w-]{40,}", page)[0]
    assert api_keys.find(secret).account == account
    assert api_keys.find(secret).monthly_cap == 9
    assert secret not in text(browser.get("/account/"))
    assert secret not in str(list(ApiKey.objects.values()))
    said(browser, f"/account/keys/{ApiKey.objects.get().pk}/revoke/", {})
    assert api_keys.find(secret) is None
    assert api_keys.find("psk_unknown") is None


def test_nobody_revokes_anothers_key(browser):
    bob = payers.user_account(User.objects.create_user("bob@example.com"))
    key, secret = api_keys.issue_key(bob, "His")
    said(browser, f"/account/keys/{key.pk}/revoke/", {})
    assert api_keys.find(secret) == key


def test_a_top_up_without_a_limit_is_refused_with_words(browser, account):
    form = {"item": "pack-500", "below": "100", "monthly_limit": "3"}
    assert "One purchase costs $5" in said(browser, "/account/refill/", form)
    assert not AutoTopUp.objects.exists()
    said(browser, "/account/refill/", {**form, "monthly_limit": "20"})
    assert AutoTopUp.objects.get().monthly_limit == 2000


def test_there_are_no_invoices_before_a_purchase(browser, account):
    assert "no invoices yet" in said(browser, "/account/invoices/", {})


def test_signing_in_merges_the_browsers_credits(visitor, alice, give, now_at, rf):
    give(8, to=payers.account_of_visitor(visitor))
    request = rf.get("/")
    client = as_browser(visitor=visitor)
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    request.session, request.user = client.session, AnonymousUser()
    login(request, alice, "django.contrib.auth.backends.ModelBackend")
    assert now_at(payers.user_account(alice)) == (8, 0, 0)
    visitor.refresh_from_db()
    assert visitor.user == alice


def test_a_debt_is_said_plainly(browser, account, give):
    bought = give(10, Source.PURCHASE)
    deliver(account, amount=10)
    grants.take_back(bought, 10, reason="dispute")
    assert "10 credits are owed" in text(browser.get("/account/"))


def test_the_webhooks_address_answers_as_stripe_expects(shop):
    event = shop.stripe.event("checkout.session.completed", shop.session())
    client = Client()

    def post(event, secret=shop.SECRET):
        raw = json.dumps(event).encode()
        signature = local_webhooks.sign(raw, secret, int(time.time()))
        return client.post(
            "/webhooks/stripe/",
            raw,
            content_type="application/json",
            headers={"Stripe-Signature": signature},
        ).status_code

    assert [post(event), post(event), post(event, "whsec_other")] == [200, 200, 400]
    assert post({**event, "livemode": True}) == 200
    assert client.get("/webhooks/stripe/").status_code == 405
