import pytest
import stripe

from billing.models import StripePrice
from billing.payments import invoice_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_checkout")]


@pytest.fixture
def price():
    sold = {"name": "Seller", "credits": 1500, "amount": 900, "currency": "usd", "till": "local"}
    return StripePrice.objects.create(id="price_1", item="plan-seller", **sold).pk


def line(price, amount, *, proration=False):
    details = {"proration": proration, "subscription": "sub_1"}
    return {
        "id": f"il_{amount}",
        "amount": amount,
        "quantity": 1,
        "period": {"start": 0, "end": 86400},
        "pricing": {"price_details": {"price": price}},
        "parent": {"subscription_item_details": details},
    }


def read(paid, *lines):
    listed = {"object": "list", "data": list(lines), "has_more": False, "url": "/"}
    body = {"object": "invoice", "amount_paid": paid, "parent": None, "lines": listed}
    return invoice_lines.read_lines(stripe.Invoice.construct_from(body, None))


def test_a_line_is_worth_its_money_and_the_rest_that_counts_in(price):
    found = read(600, line(price, -300, proration=True), line(price, 900))
    (sold,), (rest,) = found.sold, found.rests
    assert (sold.paid, sold.value, sold.credits) == (600, 900, 1500)
    assert (rest.amount, rest.price, rest.subscription) == (300, price, "sub_1")


def test_money_with_tax_is_shared_by_what_lines_are_worth(price):
    found = read(2142, line(price, 900), line(price, 900))
    assert [sold.paid for sold in found.sold] == [1071, 1071]
