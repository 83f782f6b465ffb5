import pytest

from billing import prices
from billing.errors import NoPriceError


@pytest.mark.parametrize(
    ("megapixels", "cost"), [(0.5, 1), (4, 1), (4.01, 2), (12, 2), (12.1, 3), (50, 7)]
)
def test_a_cutout_costs_little_and_more_when_it_is_large(megapixels, cost):
    assert prices.price_run("remove-background", "matte", "embedded", megapixels) == cost


def test_what_is_generated_costs_more():
    cutout = prices.price_run("remove-background", "matte", "birefnet", 2)
    assert cutout < prices.price_run("add-background", "surround", "flux-fill", 2)


def test_a_tool_that_the_list_does_not_name_has_a_price():
    assert prices.price_run("new-tool", "new", "embedded", 1) == 1
    assert prices.price_run("new-tool", "new", "new-engine", 1) == 8


def test_a_price_is_a_whole_number_of_credits_and_never_nothing():
    for line in prices.list_prices():
        for engine in ("embedded", "another"):
            for tenths in range(600):
                cost = prices.price_run(line.tool, line.kind, engine, tenths / 10)
                assert type(cost) is int
                assert cost >= 1


def test_a_larger_pack_or_plan_is_cheaper_by_the_credit():
    for listed in (prices.PACKS, prices.PLANS):
        each = [item.cost.amount / item.credits for item in listed]
        assert each == sorted(each, reverse=True)
        assert len({item.slug for item in listed}) == len(listed)


def test_what_is_not_sold_has_no_price():
    with pytest.raises(NoPriceError):
        prices.find_pack_or_plan("pack-1")
    with pytest.raises(NoPriceError):
        prices.find_pack_or_plan("plan-of-mine")
    assert prices.find_pack_or_plan("plan-shop") is prices.PLANS[-1]


def test_money_is_written_as_people_write_it():
    written = [str(prices.Money(*money)) for money in ((500,), (250_050, "eur"), (5, "chf"))]
    assert written == ["$5", "€2,500.50", "CHF 0.05"]


def test_a_currency_without_cents_has_none_and_one_of_thousandths_has_three():
    written = [str(prices.Money(*money)) for money in ((900, "jpy"), (900, "krw"), (1500, "kwd"))]
    assert written == ["¥900", "₩900", "KWD 1.500"]
    assert prices.Money.of(20, "jpy").amount == 20
    assert prices.Money.of(20).amount == 2000
    assert prices.Money.of(20, "kwd").units == 20
    pack = prices.Pack(slug="p", name="p", credits=500, cost=prices.Money(750, "jpy"))
    assert pack.each == "JPY 1.500"
