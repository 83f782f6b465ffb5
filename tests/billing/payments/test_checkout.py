import pytest

from billing import prices
from billing.models import Customer, Order
from billing.payments import checkout, customers

pytestmark = pytest.mark.django_db
ADDRESSES = {"done": "https://packshot.test/done", "back": "https://packshot.test/back"}


def test_an_order_is_written_before_anybody_is_sent_to_pay(stripe_says, account, alice):
    address = checkout.begin_checkout(account, alice.email, prices.PACKS[0], **ADDRESSES)
    order = Order.objects.get()
    assert (order.item, order.account) == (prices.PACKS[0].slug, account)
    session = stripe_says.objects[order.session]
    assert (session["client_reference_id"], session["url"]) == (str(order.pk), address)


def test_an_account_is_one_customer_however_often_it_buys(stripe_says, account, alice):
    first = customers.customer_of(account, alice.email)
    assert customers.customer_of(account, "another@example.com") == first
    assert Customer.objects.get().account == account


def test_whoever_paid_comes_back_to_the_sites_own_address(stripe_says, client, alice, settings):
    settings.ORIGIN = "https://shop.example"
    client.force_login(alice)
    form = {"item": prices.PACKS[0].slug, "next": "/remove-background/"}
    client.post("/pricing/buy/", form, headers={"Sec-Fetch-Site": "same-origin"})
    session = stripe_says.objects[Order.objects.get().session]
    assert session["success_url"].startswith("https://shop.example/account/bought/?next=")
    assert session["cancel_url"] == "https://shop.example/remove-background/"
