import pytest

from billing.payments.connection import open_gateway

pytestmark = pytest.mark.django_db


def test_a_customer_is_known_as_long_as_stripe_has_not_deleted_them(stripe_says):
    assert not open_gateway().has_customer("cus_1")
    body = stripe_says.add("cus", id="cus_1")
    assert open_gateway().has_customer("cus_1")
    body["deleted"] = True
    assert not open_gateway().has_customer("cus_1")


def test_a_payment_that_a_checkout_took_is_told_by_its_session(shop):
    session = shop.session()
    assert open_gateway().is_of_checkout(session["payment_intent"])
    assert not open_gateway().is_of_checkout("pi_other")
