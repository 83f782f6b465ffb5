"""Stripe webhook endpoint: verify, store, enqueue. The work is done elsewhere."""

import json
import logging

import stripe

from billing.errors import ForeignEventError
from billing.payments import inbox
from billing.payments.connection import API_VERSION, open_gateway
from billing.payments.event_handlers import HANDLERS

log = logging.getLogger(__name__)


def receive_event(raw: bytes, signature: str) -> bool:
    """Take an event in; False when it came before or is of no interest.

    Raises ValueError and stripe.SignatureVerificationError for what Stripe has not sent, or has
    sent too long ago, and ForeignEventError for an event of the other mode.
    """
    gateway = open_gateway()
    # Stripe's library compares text, and fails for what is no ASCII.
    if not signature.isascii() or b"\\u0000" in raw or b"\0" in raw:
        raise ValueError("no event of Stripe's looks like this")
    if not isinstance(json.loads(raw), dict):
        raise ValueError("an event is an object")  # noqa: TRY004  of what came in, as any other
    event = stripe.Webhook.construct_event(raw, signature, gateway.webhook_secret)
    if event.livemode != gateway.livemode:
        raise ForeignEventError(event.id)
    if event.type not in HANDLERS:
        return False
    if event.api_version != API_VERSION:
        # Harmless: the object is fetched again in our version.
        log.warning("event %s speaks %s, we %s", event.id, event.api_version, API_VERSION)
    return inbox.store_event(event)
