import pytest

from billing.checks import credits_are_sold_and_not_given_away, stripe_is_set_up_or_not_at_all
from billing.payments.connection import open_gateway
from billing.payments.stripe_gateway import StripeGateway


@pytest.mark.parametrize(
    ("key", "secret", "errors"),
    [
        ("", "", []),
        ("sk_test_1", "whsec_1", []),
        ("rk_live_1", "whsec_1", []),
        ("pk_live_1", "whsec_1", ["billing.E001"]),
        ("hello", "whsec_1", ["billing.E001"]),
        ("sk_live_1", "", ["billing.E002"]),
        ("", "whsec_1", ["billing.E002"]),
        ("sk_live_1", "sk_live_1", ["billing.E003"]),
    ],
)
def test_a_wrong_key_stops_the_start_with_words(settings, key, secret, errors):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = key, secret
    found = stripe_is_set_up_or_not_at_all()
    assert [error.id for error in found] == errors
    assert all(error.hint for error in found)


@pytest.mark.parametrize(("key", "live"), [("sk_live_1", True), ("rk_test_1", False)])
def test_the_key_says_whether_money_is_real(settings, key, live):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = key, "whsec_1"
    assert isinstance(open_gateway(), StripeGateway)
    assert open_gateway().livemode is live


def test_a_deployment_without_a_key_is_warned_that_credits_are_free(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert [found.id for found in credits_are_sold_and_not_given_away()] == ["billing.W001"]
    settings.STRIPE_SECRET_KEY = "sk_live_1"
    assert credits_are_sold_and_not_given_away() == []
