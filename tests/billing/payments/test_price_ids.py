import pytest

from billing import prices
from billing.errors import NoPriceError
from billing.models import StripePrice
from billing.payments import price_ids

pytestmark = pytest.mark.django_db


def test_a_price_is_made_when_an_item_is_first_sold_and_kept(stripe_says):
    item = prices.PACKS[0]
    made = price_ids.price_of(item)
    asked = len(stripe_says.calls)
    assert price_ids.price_of(item) == made
    assert len(stripe_says.calls) == asked
    assert price_ids.item_of(made.pk) == item


def test_a_price_of_yesterday_sells_nothing_today_and_is_still_known(stripe_says):
    item = prices.PACKS[0]
    StripePrice.objects.create(
        id="price_old", item=item.slug, credits=7, amount=1, currency="usd", till="test acct_1"
    )
    assert price_ids.price_of(item).pk != "price_old"
    assert price_ids.item_of("price_old").credits == 7


def test_a_price_that_we_do_not_list_gives_no_credits():
    with pytest.raises(NoPriceError):
        price_ids.item_of("price_unknown")
