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
    sent = [call for call in shop.stripe.calls if call[0] == "post"]
    if at_once:
        assert sent[-1][2]["billing_cycle_anchor"] == {"type": "now"}
        assert sent[-1][2]["payment_behavior"] == "pending_if_incomplete"
    elif plan == "plan-studio":
        # It is on it: what was booked is called off, and there was nothing.
        assert sent == []
    else:
        assert sent[-1][1] == "/v1/subscription_schedules/{schedule}"
        assert len(sent[-1][2]["phases"]) == 2


def test_an_upgrade_asked_for_twice_is_one_upgrade(shop):
    found = shop.subscription("plan-seller")
    shop.tell("customer.subscription.created", found)
    current = Subscription.objects.get()
    for _ in range(2):
        subscriptions.change_plan(current, prices.find_plan("plan-shop"))
    keys = [key for key in shop.stripe.keys if key and key.startswith("upgrade:")]
    begun = found["items"]["data"][0]["current_period_start"]
    assert len(set(keys)) == 1
    assert keys[0].startswith(f"upgrade:{found['id']}:price_")
    assert keys[0].endswith(f":{begun}")


def test_a_plan_that_changed_on_the_list_keeps_its_terms_and_its_name(shop, monkeypatch):
    shop.tell("customer.subscription.created", shop.subscription("plan-studio"))
    monkeypatch.setattr(prices, "PLANS", ())
    current = Subscription.objects.get()
    subscriptions.sync(current.pk)
    current.refresh_from_db()
    assert (current.name, current.amount, current.currency) == ("Studio", 3000, "usd")


def test_a_plan_of_another_mode_or_account_is_none_that_one_is_on(shop):
    shop.tell("customer.subscription.created", shop.subscription())
    assert subscriptions.is_on_plan(shop.account)
    Subscription.objects.update(till="test acct_other")
    assert not subscriptions.is_on_plan(shop.account)
    assert subscriptions.current_subscription(shop.account) is None


def test_what_an_upgrade_costs_is_said_before(shop):
    shop.tell("customer.subscription.created", shop.subscription("plan-seller"))
    shop.stripe.previewed = [
        {"id": "il_1", "amount": -450},
        {"id": "il_2", "amount": 3000},
    ]
    change = subscriptions.preview_change(
        Subscription.objects.get(), prices.find_plan("plan-studio")
    )
    assert (str(change.due), str(change.rest), change.at_once) == ("$25.50", "$4.50", True)
    assert [call for call in shop.stripe.calls if call[1].endswith("{subscription}")] == []


def test_a_booked_plan_is_named_and_called_off(shop):
    phases = [{"items": [{"price": shop.price("plan-seller").pk, "quantity": 1}]}]
    schedule = shop.stripe.add("sub_sched", phases=phases)
    found = shop.subscription("plan-studio", schedule=schedule["id"])
    shop.tell("customer.subscription.updated", found)
    current = Subscription.objects.get()
    assert current.next_name == "Seller"
    subscriptions.keep_plan(current)
    asked = [call[1] for call in shop.stripe.calls if call[0] == "post"]
    assert asked == ["/v1/subscription_schedules/{schedule}/release"]


def test_a_change_that_the_bank_asks_about_waits_with_its_page(shop):
    invoice = shop.invoice({"id": "sub_x"}, status="open", hosted_invoice_url="https://pay.test/1")
    found = shop.subscription(
        "plan-seller", pending_update={"expires_at": 1}, latest_invoice=invoice["id"]
    )
    shop.tell("customer.subscription.updated", found)
    assert Subscription.objects.get().pay_url == "https://pay.test/1"
    found["pending_update"] = None
    shop.tell("customer.subscription.pending_update_expired", found)
    assert Subscription.objects.get().pay_url == ""


def test_a_plan_whose_payment_is_open_may_charge_though_it_ends(shop):
    shop.tell("customer.subscription.updated", shop.subscription(cancel_at_period_end=True))
    assert not subscriptions.will_charge_again(shop.account)
    Subscription.objects.update(status="past_due")
    assert subscriptions.will_charge_again(shop.account)
    Subscription.objects.update(status="incomplete", ends=False)
    assert subscriptions.will_charge_again(shop.account)
