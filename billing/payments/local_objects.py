"""Objects of the test checkout, in Stripe's shape, and the events that tell of them."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from billing.models import LocalStripeObject
from billing.payments.gateway import API_VERSION

MONTH = 30 * 24 * 3600
Body = dict[str, Any]

# An event happened at the checkout: sent with `event`, a body such as Stripe posts.
event_happened = Signal()


def new(kind: str) -> str:
    return f"{kind}_local_{uuid4().hex}"


def now() -> int:
    return int(timezone.now().timestamp())


def listed(*data: Body) -> Body:
    return {"object": "list", "data": list(data), "has_more": False, "url": "/"}


def put(pk: str, body: Body) -> str:
    body = {"id": pk, "created": now(), "livemode": False, **body}
    LocalStripeObject.objects.get_or_create(pk=pk, defaults={"body": body})
    return pk


def has_object(pk: str) -> bool:
    return LocalStripeObject.objects.filter(pk=pk).exists()


def get_object(pk: str) -> Body:
    found = LocalStripeObject.objects.filter(pk=pk).first()
    if found is None:
        raise LookupError(f"there is no {pk} at the checkout")
    body: Body = found.body
    return body


def change_object(pk: str, **fields: Any) -> Body:
    with transaction.atomic():
        # Written first, so that two changes do not lose one another.
        LocalStripeObject.objects.filter(pk=pk).update(id=pk)
        body = {**get_object(pk), **fields}
        LocalStripeObject.objects.filter(pk=pk).update(body=body)
    return body


def objects(prefix: str, since: datetime) -> list[Body]:
    found = LocalStripeObject.objects.filter(pk__startswith=prefix, created__gte=since)
    return list(found.order_by("created").values_list("body", flat=True))


def tell_event(kind: str, pk: str) -> None:
    event = new("evt")
    put(
        event,
        {
            "object": "event",
            "type": kind,
            "api_version": API_VERSION,
            "pending_webhooks": 1,
            "request": None,
            "data": {"object": get_object(pk)},
        },
    )
    event_happened.send(sender=None, event=get_object(event))
