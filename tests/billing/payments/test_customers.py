"""What Stripe calls our accounts: of one mode and account of ours at a time."""

import pytest
from django.utils import timezone

from billing import tasks
from billing.accounts import sign_in_receiver
from billing.errors import NoPriceError
from billing.models import AutoTopUp, Customer, StripeEvent, StripePrice
from billing.payments import customers, price_ids
from billing.payments.connection import open_gateway
from billing.prices import PACKS

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_account_has_one_customer_however_often_it_is_asked_for(stripe_says, account):
    found = {customers.customer_of(account, "alice@example.com") for _ in range(3)}
    assert len(found) == 1
    assert Customer.objects.get().till == "test acct_1"


@pytest.mark.parametrize("till", ["local", "live acct_1", "test acct_other"])
def test_a_customer_of_another_till_is_not_used(shop, till):
    Customer.objects.update(till=till)
    assert customers.find_customer(shop.account) is None
    made = customers.customer_of(shop.account, "alice@example.com")
    assert made != shop.customer.pk
    assert {row.till for row in Customer.objects.all()} == {till, "test acct_1"}


def test_a_customer_from_before_it_was_kept_is_used_where_stripe_knows_it(shop):
    Customer.objects.update(till="")
    assert customers.find_customer(shop.account) is None
    shop.stripe.add("cus", id=shop.customer.pk)
    assert customers.find_customer(shop.account) == shop.customer
    assert Customer.objects.get().till == "test acct_1"


def test_a_price_of_another_till_is_not_used(shop):
    item = PACKS[0]
    first = price_ids.price_of(item)
    StripePrice.objects.update(till="local")
    assert price_ids.price_of(item).till == "test acct_1"
    StripePrice.objects.update(till="live acct_1")
    with pytest.raises(NoPriceError):
        price_ids.item_of(first.pk)


def test_a_customer_that_stripe_deleted_is_followed_by_another_and_stays_ours(shop):
    shop.stripe.add("cus", id=shop.customer.pk, deleted=True)
    AutoTopUp.objects.create(account=shop.account, item="pack-500", below=10)
    assert shop.tell("customer.deleted", {"id": shop.customer.pk}) == StripeEvent.State.DONE
    assert Customer.objects.get().deleted is not None
    assert AutoTopUp.objects.get().stopped == "customer-gone"
    assert customers.customer_of(shop.account, "alice@example.com") != shop.customer.pk
    assert customers.owner_of(shop.customer.pk, "ch_1") == shop.account


def test_the_one_that_follows_has_a_key_of_its_own(stripe_says, account):
    first = customers.customer_of(account, "alice@example.com")
    Customer.objects.update(deleted=timezone.now())
    assert customers.customer_of(account, "alice@example.com") != first


def test_a_new_address_reaches_stripe(shop, alice, monkeypatch):
    monkeypatch.setattr(
        sign_in_receiver, "send_on_commit", lambda task, pk: tasks.rename_customer(pk)
    )
    body = shop.stripe.add("cus", id=shop.customer.pk, email="alice@example.com")
    alice.email = "new@example.com"
    alice.save()
    assert body["email"] == "new@example.com"
    assert open_gateway().has_customer(shop.customer.pk)
