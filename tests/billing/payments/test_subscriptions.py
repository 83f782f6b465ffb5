"""Case 2 of the twelve: in whatever order we hear, we end with what Stripe says."""

import random

import pytest

from billing import prices
from billing.models import StripeEvent, Subscription
from billing.payments import subscriptions

pytestmark = pytest.mark.django_db(transaction=True)


def test_events_in_any_order_end_with_what_stripe_says(shop, together):
    for turn in range(4):
        found = shop.subscription(status="incomplete")
        told = [shop.stripe.event("customer.subscription.created", found)]
        for status, kind in (("active", "updated"), ("canceled", "deleted")):
            found["status"] = status
            told.append(shop.stripe.event(f"customer.subscription.{kind}", found))
        random.Random(turn).shuffle(told)
        shop.stripe.delays[found["id"]] = lambda: random.Random().random() * 0.03
        together(
            lambda index, told=told: subscriptions.sync(told[index]["data"]["object"]["id"]), 3
        )
        assert Subscription.objects.get(pk=found["id"]).status == "canceled"


def test_a_slow_answer_that_comes_last_does_not_undo_a_newer_one(shop, together):
    found = shop.subscription()
    subscriptions.sync(found["id"])
    slow = iter([0.4, 0, 0, 0, 0])
    shop.stripe.delays[found["id"]] = lambda: next(slow)
    calls = len(shop.stripe.calls)

    def road(index):
        if index == 1:
            while len(shop.stripe.calls) == calls:
                pass
            found["status"] = "canceled"
        subscriptions.sync(found["id"])

    together(road, 2)
    assert Subscription.objects.get(pk=found["id"]).status == "canceled"


def test_the_current_plan_is_a_live_one(shop):
    for status in ("canceled", "past_due", "incomplete_expired"):
        shop.tell("customer.subscription.updated", shop.subscription(status=status))
    assert subscriptions.current_subscription(shop.account).status == "past_due"


def test_a_strangers_subscription_is_not_ours(shop):
    found = shop.subscription(customer="cus_stranger")
    assert shop.tell("customer.subscription.created", found) == StripeEvent.State.FOREIGN
    assert not Subscription.objects.exists()


def test_a_plan_that_left_our_list_is_kept_without_a_name(shop):
    found = shop.subscription()
    found["items"]["data"][0]["price"]["id"] = "price_old"
    shop.tell("customer.subscription.created", found)
    assert Subscription.objects.get().item == ""


@pytest.mark.parametrize(
    ("plan", "at_once"), [("plan-shop", True), ("plan-seller", False), ("plan-studio", False)]
)
def test_up_is_at_once_and_down_when_the_month_ends(shop, plan, at_once):
    shop.tell("customer.subscription.created", shop.subscription("plan-studio"))
    assert subscriptions.change_plan(Subscription.objects.get(), prices.find_plan(plan)) is at_once
    sent = shop.stripe.calls[-1]
    if at_once:
        assert sent[2]["billing_cycle_anchor"] == {"type": "now"}
        assert sent[2]["payment_behavior"] == "error_if_incomplete"
    else:
        assert sent[1] == "/v1/subscription_schedules/{schedule}"
        assert len(sent[2]["phases"]) == 2
