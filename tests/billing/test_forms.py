import pytest

from billing import forms, prices

PACK = prices.PACKS[0]


def refill(**data):
    return forms.RefillForm(data)


def test_an_automatic_purchase_needs_room_for_one():
    cents = PACK.cost.amount
    form = refill(item=PACK.slug, below="100", monthly_limit=str(cents // 100 - 1))
    assert list(form.errors) == ["monthly_limit"]
    form = refill(item=PACK.slug, below="100", monthly_limit=str(cents // 100))
    assert form.is_valid()
    assert form.cleaned_data["monthly_limit"] == cents


def test_an_automatic_purchase_needs_a_number_that_starts_it():
    assert "below" in refill(item=PACK.slug, monthly_limit="1000").errors


def test_nothing_is_bought_where_nothing_was_chosen():
    form = refill(notice_below="20")
    assert form.is_valid()
    assert (form.cleaned_data["notice_below"], form.cleaned_data["below"]) == (20, 0)


@pytest.mark.parametrize(("amount", "fits"), [("5", True), ("-5", True), ("0", False)])
def test_credits_by_hand_are_some(amount, fits):
    assert forms.GrantForm({"amount": amount, "reason": "by hand"}).is_valid() is fits


def test_no_plan_is_bought_as_a_plan_that_is_not_sold():
    assert not forms.PlanForm({"plan": PACK.slug}).is_valid()
    assert forms.BuyForm({"item": PACK.slug}).is_valid()
