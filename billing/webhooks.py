"""Stripe webhook endpoint: verify, store, enqueue. The work is done elsewhere."""

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
    event = stripe.Webhook.construct_event(raw, signature, gateway.webhook_secret)
    if event.livemode != gateway.livemode:
        raise ForeignEventError(event.id)
    if event.type not in HANDLERS:
        return False
    if event.api_version != API_VERSION:
        # Harmless: the object is fetched again in our version.
        log.warning("event %s speaks %s, we %s", event.id, event.api_version, API_VERSION)
    return inbox.store_event(event)
