"""Where Stripe's events come in: checked, written down, answered. The work is done elsewhere."""

import logging
from datetime import timedelta

import stripe
from django.db import IntegrityError, transaction
from django.utils import timezone

from billing import tasks
from billing.errors import ForeignEventError
from billing.events import HANDLERS
from billing.gateways import API_VERSION, gateway
from billing.models import StripeEvent

log = logging.getLogger(__name__)

# The task normally comes first; the timetable takes what it lost.
GRACE = timedelta(minutes=1)


def receive(raw: bytes, signature: str) -> bool:
    """Take an event in; False when it came before or is of no interest.

    Raises ValueError and stripe.SignatureVerificationError for what Stripe has not sent, or has
    sent too long ago, and ForeignEventError for an event of the other mode.
    """
    till = gateway()
    event = stripe.Webhook.construct_event(raw, signature, till.webhook_secret)
    if event.livemode != till.livemode:
        raise ForeignEventError(event.id)
    if event.type not in HANDLERS:
        return False
    if event.api_version != API_VERSION:
        # Harmless: the object is fetched again in our version.
        log.warning("event %s speaks %s, we %s", event.id, event.api_version, API_VERSION)
    return remember(event)


def remember(event: stripe.Event) -> bool:
    try:
        with transaction.atomic():
            StripeEvent.objects.create(
                id=event.id,
                type=event.type,
                object_id=event.data.object["id"],
                api_version=event.api_version or "",
                next_try=timezone.now() + GRACE,
            )
            tasks.work.delay_on_commit(event.id)  # type: ignore[attr-defined]  # Django tasks have it
    except IntegrityError:
        return False
    return True
