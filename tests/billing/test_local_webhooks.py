import pytest
import stripe

from billing import local_webhooks, webhooks
from billing.payments import connection

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_test_checkout_refuses_what_it_has_not_signed(settings):
    settings.STRIPE_SECRET_KEY = ""
    raw = b"{}"
    assert connection.open_gateway().webhook_secret.startswith("whsec_")
    with pytest.raises(stripe.SignatureVerificationError):
        webhooks.receive_event(raw, local_webhooks.sign(raw, "whsec_"))
