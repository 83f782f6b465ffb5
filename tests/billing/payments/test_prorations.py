"""A month that is not over counts in for the next, and its credits go back by time."""

from datetime import timedelta

import pytest

from billing.credits import holds
from billing.models import Proration, Purchase

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(shop):
    """A subscription whose first month, of Seller, is paid."""
    subscription = shop.subscription()
    shop.tell("invoice.paid", shop.invoice(subscription))
    return subscription


def upgrade(shop, subscription, old, new, rest, start=10):
    """The invoice of an upgrade, with so many cents of the old month counted in."""
    lines = shop.line(old, proration=True, amount=-rest), shop.line(new, start=start)
    invoice = shop.invoice(subscription, *lines, billing_reason="subscription_update")
    for line in invoice["lines"]["data"]:
        line["parent"]["subscription_item_details"]["subscription"] = subscription["id"]
    return invoice


@pytest.fixture
def shop(shop):
    """Lines tell whose subscription they are of."""
    line, given = shop.line, shop.invoice

    def invoice(subscription, *lines, **fields):
        lines = lines or [line()]
        for each in lines:
            if each["parent"]:
                each["parent"]["subscription_item_details"]["subscription"] = subscription["id"]
        return given(subscription, *lines, **fields)

    shop.invoice = invoice
    return shop


def test_from_plan_to_plan_in_a_day_is_worth_what_was_paid(shop, plan, now_at):
    shop.tell("invoice.paid", upgrade(shop, plan, "plan-seller", "plan-studio", 900))
    assert now_at(shop.account) == (6000, 0, 0)
    shop.tell("invoice.paid", upgrade(shop, plan, "plan-studio", "plan-shop", 3000, 20))
    assert now_at(shop.account) == (25_000, 0, 0)
    assert sum(bought.paid for bought in Purchase.objects.all()) == 10_000


def test_half_a_month_counted_in_gives_half_its_credits_back(shop, plan, now_at):
    shop.tell("invoice.paid", upgrade(shop, plan, "plan-seller", "plan-studio", 450))
    assert now_at(shop.account) == (750 + 6000, 0, 0)


def test_what_was_spent_of_the_time_that_counts_in_is_owed(shop, plan, now_at):
    holds.hold_credits(shop.account, 1000, "one", lease=timedelta(minutes=1))
    holds.capture_hold("one")
    shop.tell("invoice.paid", upgrade(shop, plan, "plan-seller", "plan-studio", 900))
    assert now_at(shop.account) == (5000, 0, 0)


def test_an_upgrade_heard_of_again_takes_nothing_more(shop, plan, together, now_at):
    invoice = upgrade(shop, plan, "plan-seller", "plan-studio", 900)
    kinds = ["invoice.paid", "invoice.payment_succeeded"]
    together(lambda index: shop.tell(kinds[index % 2], invoice), 4)
    assert now_at(shop.account) == (6000, 0, 0)
    assert Proration.objects.count() == 1


def test_an_upgrade_heard_of_before_the_month_it_counts_in(shop, now_at):
    subscription = shop.subscription()
    first = shop.invoice(subscription)
    shop.tell("invoice.paid", upgrade(shop, subscription, "plan-seller", "plan-studio", 900))
    assert now_at(shop.account) == (6000, 0, 0)
    shop.tell("invoice.paid", first)
    assert now_at(shop.account) == (6000, 0, 0)


def test_what_a_month_that_nobody_granted_would_buy_is_not_granted(shop, now_at):
    subscription = shop.subscription()
    shop.tell("invoice.paid", upgrade(shop, subscription, "plan-seller", "plan-studio", 900))
    assert now_at(shop.account) == (6000 * 2100 // 3000, 0, 0)


def test_all_money_of_an_upgrade_back_leaves_what_the_rest_is_worth(shop, plan, now_at):
    invoice = upgrade(shop, plan, "plan-seller", "plan-studio", 900)
    shop.tell("invoice.paid", invoice)
    intent = invoice["payments"]["data"][0]["payment"]["payment_intent"]
    charge = shop.charge({"payment_intent": intent, "amount_total": 2100}, refunded=2100)
    shop.tell("charge.refunded", charge)
    assert now_at(shop.account) == (1800, 0, 0)
