"""One plan at a time, and what was sold as the buyer saw it."""

import pytest

from billing import prices
from billing.errors import HasPlanError
from billing.models import Order, StripePrice
from billing.payments import checkout
from tests.billing.browsing import as_browser, text

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = {"done": "https://packshot.test/a", "back": "https://packshot.test/b"}


def go(shop, slug):
    item = prices.find_pack_or_plan(slug)
    return checkout.begin_checkout(shop.account, "alice@example.com", item, **WHERE)


@pytest.mark.parametrize("status", ["active", "trialing", "past_due", "incomplete", "unpaid"])
def test_who_is_on_a_plan_buys_no_second_one(shop, status):
    shop.tell("customer.subscription.created", shop.subscription(status=status))
    with pytest.raises(HasPlanError):
        go(shop, "plan-shop")
    assert not Order.objects.exists()
    assert go(shop, "pack-500")


def test_whose_plan_is_over_may_have_another(shop):
    shop.tell("customer.subscription.deleted", shop.subscription(status="canceled"))
    assert go(shop, "plan-shop")


def test_the_page_of_a_plan_in_another_tab_is_closed(shop):
    go(shop, "plan-shop")
    first = Order.objects.get()
    shop.stripe.objects[first.session]["status"] = "open"
    go(shop, "plan-studio")
    assert shop.stripe.objects[first.session]["status"] == "expired"
    assert Order.objects.get(pk=first.pk).state == "expired"


def test_a_plan_paid_for_in_another_tab_is_the_one_there_is(shop):
    go(shop, "plan-shop")
    shop.stripe.objects[Order.objects.get().session]["status"] = "complete"
    with pytest.raises(HasPlanError):
        go(shop, "plan-studio")


def test_a_subscriber_is_sent_to_change_instead(shop, alice):
    shop.tell("customer.subscription.created", shop.subscription())
    answer = as_browser(alice).post("/pricing/buy/", {"item": "plan-shop"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/#plan"
    assert "change it here" in text(answer)


def test_the_order_and_the_price_say_what_was_sold(shop):
    go(shop, "pack-2500")
    order, price = Order.objects.get(), StripePrice.objects.get()
    for row in (order, price):
        terms = row.item, row.name, row.credits, row.amount, row.currency, row.till
        assert terms == ("pack-2500", "2,500 credits", 2500, 2000, "usd", shop.TILL)


def test_a_first_plan_is_tried_for_as_long_as_the_setting_says(shop, settings):
    settings.BILLING_LIMITS = {"trial_days": 14}
    go(shop, "plan-shop")
    assert shop.stripe.calls[-1][2]["subscription_data"] == {"trial_period_days": "14"}
    Order.objects.update(state="expired")
    shop.tell("customer.subscription.deleted", shop.subscription(status="canceled"))
    go(shop, "plan-shop")
    assert "subscription_data" not in shop.stripe.calls[-1][2]
