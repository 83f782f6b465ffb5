"""The local test checkout: the whole way of a purchase, without Stripe and without money."""

import pytest

from billing import prices
from billing.models import LocalStripeObject, Order, StripeEvent
from billing.payments import (
    fulfilment,
    local_gateway,
    subscriptions,
)
from billing.payments.connection import is_local_checkout

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("local_checkout")]


def test_the_test_checkout_says_plainly_that_it_takes_no_money(go_to_checkout, signed_in):
    assert is_local_checkout()
    page = signed_in.get(go_to_checkout()).content.decode()
    assert "takes no money" in page
    assert "500 credits: $5" in page


def test_a_pack_is_bought(go_to_checkout, signed_in, account, now_at):
    address = go_to_checkout()
    answer = signed_in.post(address, {"how": "now"})
    assert now_at(account) == (500, 0, 0)
    back = signed_in.get(answer["Location"], follow=True)
    assert back.redirect_chain[-1][0] == "/account/"
    assert ">500<" in back.content.decode()
    signed_in.post(address, {"how": "now"})
    assert now_at(account) == (500, 0, 0)


def test_nothing_is_bought_by_going_back(go_to_checkout, signed_in, account, now_at):
    answer = signed_in.post(go_to_checkout(), {"how": "cancel"})
    assert answer["Location"].endswith("/pricing/")
    assert now_at(account) == (0, 0, 0)


def test_a_transfer_gives_credits_when_it_arrives(go_to_checkout, signed_in, account, now_at):
    address = go_to_checkout()
    signed_in.post(address, {"how": "later"})
    assert now_at(account) == (0, 0, 0)
    session = Order.objects.get().session
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert "on its way" in signed_in.get(portal).content.decode()
    signed_in.post(portal, {"do": "pay", "object": session})
    assert now_at(account) == (500, 0, 0)
    assert StripeEvent.objects.filter(type__endswith="async_payment_succeeded").exists()


def test_a_plan_gives_its_months_and_ends(go_to_checkout, signed_in, account, now_at):
    signed_in.post(go_to_checkout("plan-seller"), {"how": "now"})
    assert now_at(account) == (1500, 0, 0)
    plan = subscriptions.current_subscription(account)
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert (plan.item, plan.status) == ("plan-seller", "active")
    signed_in.post(portal, {"do": "cancel", "object": plan.pk})
    assert subscriptions.current_subscription(account) is None


def test_a_refund_at_the_test_checkout_takes_the_credits(
    go_to_checkout, signed_in, account, now_at
):
    signed_in.post(go_to_checkout(), {"how": "now"})
    charge = LocalStripeObject.objects.get(pk__startswith="ch_").pk
    signed_in.post(
        f"/till/{account.customers.get().pk}/portal/", {"do": "refund", "object": charge}
    )
    assert now_at(account) == (0, 0, 0)


def test_there_is_no_test_checkout_where_stripe_takes_the_money(
    go_to_checkout, signed_in, settings
):
    address = go_to_checkout()
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    assert signed_in.get(address).status_code == 404
    settings.STRIPE_SECRET_KEY = ""
    assert signed_in.get("/till/cs_local_0/").status_code == 404


def test_an_upgrade_is_at_once_and_a_downgrade_comes_with_the_month(
    go_to_checkout, signed_in, account, now_at, clock
):
    signed_in.post(go_to_checkout("plan-seller"), {"how": "now"})
    clock.passes(seconds=10)
    subscriptions.change_plan(
        subscriptions.current_subscription(account), prices.find_plan("plan-studio")
    )
    # What is left of the old month counts in, and its credits with it.
    assert now_at(account) == (6000, 0, 0)
    clock.passes(seconds=10)
    subscriptions.change_plan(
        subscriptions.current_subscription(account), prices.find_plan("plan-seller")
    )
    assert subscriptions.current_subscription(account).item == "plan-studio"
    local_gateway.renew_subscription(subscriptions.current_subscription(account).pk)
    assert subscriptions.current_subscription(account).item == "plan-seller"
    assert now_at(account) == (7500, 0, 0)


def test_coming_back_before_the_event_is_early_and_no_error(signed_in, monkeypatch):
    def unknown(pk):
        raise LookupError(pk)

    monkeypatch.setattr(fulfilment, "fulfil_session", unknown)
    page = signed_in.get("/account/bought/?session=cs_x", follow=True).content.decode()
    assert "as soon as the payment is" in page
    assert "data-awaits" in page


def test_nobody_opens_anothers_portal_at_the_test_checkout(
    go_to_checkout, signed_in, account, client
):
    signed_in.post(go_to_checkout(), {"how": "now"})
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert signed_in.get(portal).status_code == 200
    signed_in.logout()
    assert signed_in.get(portal).status_code == 404
