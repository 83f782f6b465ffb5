"""What people see of their money, and what they may do."""

import json
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from billing import local_webhooks, prices
from billing.accounts import payers
from billing.credits import holds
from billing.models import Account, AutoTopUp, Hold, Purchase, StripeEvent
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


def test_the_test_checkout_leads_back_to_where_one_was_and_nowhere_else(browser):
    form = {"item": "pack-500", "next": "/remove-background/"}
    paying = browser.post("/pricing/buy/", form)["Location"]
    back = browser.post(paying, {"how": "now"})["Location"]
    assert browser.get(back)["Location"] == "/remove-background/"
    # The event was quicker.
    paying = browser.post("/pricing/buy/", form)["Location"]
    back = browser.post(paying, {"how": "now"})["Location"]
    for event in StripeEvent.objects.filter(state="new"):
        event_handlers.handle_event(event.pk)
    assert Purchase.objects.count() == 2
    assert browser.get(back)["Location"] == "/remove-background/"
    paying = browser.post("/pricing/buy/", {**form, "next": "https://elsewhere.example/"})[
        "Location"
    ]
    back = browser.post(paying, {"how": "now"})["Location"]
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


def test_a_top_up_without_a_limit_is_refused_with_words(browser, account):
    form = {"item": "pack-500", "below": "100", "monthly_limit": "3"}
    assert "One purchase costs $5" in said(browser, "/account/refill/", form)
    assert not AutoTopUp.objects.exists()
    said(browser, "/account/refill/", {**form, "monthly_limit": "20"})
    assert AutoTopUp.objects.get().monthly_limit == 2000


def test_there_are_no_invoices_before_a_purchase(browser, account):
    assert "no invoices yet" in said(browser, "/account/invoices/", {})


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
