"""What happens at the test checkout beyond a purchase: changes of a plan, banks that ask, sweeping."""

import pytest

from billing.payments import local_gateway, subscriptions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("local_checkout")]


def test_a_change_says_what_it_costs_before_and_is_made_once_one_is_sure(
    go_to_checkout, signed_in, account, now_at
):
    signed_in.post(go_to_checkout("plan-seller"), {"how": "now"})
    page = signed_in.post("/account/plan/", {"plan": "plan-studio"}).content.decode()
    assert "$21 now, then $30 a month" in page
    assert now_at(account) == (1500, 0, 0)
    signed_in.post("/account/plan/", {"plan": "plan-studio", "sure": "yes"})
    assert now_at(account) == (6000, 0, 0)
    page = signed_in.post("/account/plan/", {"plan": "plan-seller"}).content.decode()
    assert "Nothing now. Studio stays until" in page
    signed_in.post("/account/plan/", {"plan": "plan-seller", "sure": "yes"})
    assert "Seller from" in signed_in.get("/account/").content.decode()
    signed_in.post("/account/plan/keep/")
    assert "Seller from" not in signed_in.get("/account/").content.decode()


def test_a_bank_that_asks_is_answered_before_the_plan_changes(
    go_to_checkout, signed_in, account, now_at
):
    signed_in.post(go_to_checkout("plan-seller"), {"how": "now"})
    local_gateway.change_object(account.customers.get().pk, card="asks")
    signed_in.post("/account/plan/", {"plan": "plan-studio", "sure": "yes"})
    waiting = subscriptions.current_subscription(account)
    assert (waiting.item, now_at(account)) == ("plan-seller", (1500, 0, 0))
    assert waiting.pay_url in signed_in.get("/account/").content.decode()
    signed_in.post(waiting.pay_url)
    paid = subscriptions.current_subscription(account)
    assert (paid.item, paid.pay_url, now_at(account)) == ("plan-studio", "", (6000, 0, 0))
