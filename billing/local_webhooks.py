"""Local webhooks: the test checkout's events come in where Stripe's do, signed as Stripe signs."""

import hmac
import json
import time
from hashlib import sha256
from typing import Any

from django.dispatch import receiver

from billing import webhooks
from billing.payments.connection import is_local_checkout, open_gateway
from billing.payments.local_gateway import event_happened


@receiver(event_happened, dispatch_uid="billing.local_webhooks")
def post(event: dict[str, Any], **_: object) -> None:
    if is_local_checkout():
        raw = json.dumps(event).encode()
        webhooks.receive_event(raw, sign(raw, open_gateway().webhook_secret))


def sign(raw: bytes, secret: str, at: int | None = None) -> str:
    """The signature header that Stripe would send with these bytes."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.".encode() + raw, sha256).hexdigest()
    return f"t={at},v1={digest}"
