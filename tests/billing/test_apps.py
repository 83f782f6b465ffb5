from django.contrib.auth.signals import user_logged_in
from django.core.checks.registry import registry

from billing.payments import local_gateway


def listeners(signal):
    return {receiver[0][0] for receiver in signal.receivers}


def test_the_test_checkout_the_sign_in_and_the_checks_are_listened_to():
    assert "billing.local_webhooks" in listeners(local_gateway.event_happened)
    assert "billing.accounts.sign_in_receiver" in listeners(user_logged_in)
    assert any(check.__module__ == "billing.checks" for check in registry.registered_checks)
