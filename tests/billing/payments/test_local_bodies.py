import pytest

from billing.models import StripePrice
from billing.payments import local_bodies

pytestmark = pytest.mark.django_db


def test_what_is_left_of_a_month_counts_in_by_time(clock):
    StripePrice.objects.create(id="price_1", item="plan-seller", amount=900, currency="usd")
    month = local_bodies.subscription_body("cus_1", "price_1")
    clock.passes(days=10)
    rest = local_bodies.rest_of_month("sub_1", month)
    assert rest["amount"] == -600
    clock.passes(days=30)
    assert local_bodies.rest_of_month("sub_1", month)["amount"] == 0
