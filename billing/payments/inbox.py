"""Webhook inbox: Stripe's events, written down before anything is done for them."""

from datetime import timedelta

import stripe
from django.db import IntegrityError, transaction
from django.utils import timezone

from billing.models import StripeEvent
from foundation.messages import send_on_commit

# The task normally comes first; the timetable takes what it lost.
GRACE = timedelta(minutes=1)


def store_event(event: stripe.Event) -> bool:
    try:
        with transaction.atomic():
            StripeEvent.objects.create(
                id=event.id,
                type=event.type,
                object_id=event.data.object["id"],
                api_version=event.api_version or "",
                next_try=timezone.now() + GRACE,
            )
            send_on_commit("billing.tasks.work", event.id)
    except IntegrityError:
        return False
    return True
