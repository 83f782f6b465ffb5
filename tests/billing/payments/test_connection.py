from billing.payments import connection
from billing.payments.local_gateway import LocalGateway
from billing.payments.stripe_gateway import StripeGateway


def test_without_a_key_the_money_is_taken_by_the_test_checkout(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert connection.is_local_checkout()
    assert isinstance(connection.open_gateway(), LocalGateway)


def test_with_a_key_it_is_stripe_and_one_connection(settings):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_1", "whsec_1"
    opened = connection.open_gateway()
    assert isinstance(opened, StripeGateway)
    assert (opened.livemode, opened.webhook_secret) == (False, "whsec_1")
    assert connection.open_gateway() is opened
    settings.STRIPE_SECRET_KEY = "sk_live_1"
    assert connection.open_gateway().livemode


def test_a_setting_that_is_missing_is_an_empty_one(settings):
    del settings.STRIPE_WEBHOOK_SECRET
    assert connection.read_stripe_setting("STRIPE_WEBHOOK_SECRET") == ""
