from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from billing.payments.connection import read_stripe_setting


@register
def stripe_is_set_up_or_not_at_all(**_: Any) -> list[CheckMessage]:
    """A wrong key stops the start, rather than the first customer."""
    key, secret = (
        read_stripe_setting("STRIPE_SECRET_KEY"),
        read_stripe_setting("STRIPE_WEBHOOK_SECRET"),
    )
    found: list[CheckMessage] = []
    if key and not key.startswith(("sk_test_", "sk_live_", "rk_test_", "rk_live_")):
        found.append(
            Error(
                "STRIPE_SECRET_KEY is not a secret key of Stripe.",
                hint="It begins with sk_live_, sk_test_, rk_live_ or rk_test_. A key that begins "
                "with pk_ is the public one. Unset it to sell at the local test checkout.",
                id="billing.E001",
            )
        )
    if bool(key) != bool(secret):
        found.append(
            Error(
                "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are set both, or neither.",
                hint="Without the second no payment would ever be believed.",
                id="billing.E002",
            )
        )
    if secret and not secret.startswith("whsec_"):
        found.append(
            Error(
                "STRIPE_WEBHOOK_SECRET is not a signing secret of Stripe.",
                hint="It begins with whsec_; Stripe shows it beside the webhook's address.",
                id="billing.E003",
            )
        )
    return found


@register(Tags.security, deploy=True)
def credits_are_sold_and_not_given_away(**_: Any) -> list[CheckMessage]:
    if read_stripe_setting("STRIPE_SECRET_KEY"):
        return []
    return [
        checks.Warning(
            "No STRIPE_SECRET_KEY: whoever signs in gets credits at the test checkout without paying.",
            id="billing.W001",
        )
    ]
