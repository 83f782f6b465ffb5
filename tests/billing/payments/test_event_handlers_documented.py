"""Stripe's own samples of events, from its published fixtures, come through the door and are done.

They lie beside the repository (../shared/data/stripe, see its SOURCES.md), as they are not ours to
carry. Where they are not, nothing is tested here.
"""

import json
import time
from pathlib import Path

import pytest

from billing import local_webhooks, webhooks
from billing.models import Bucket, Customer, StripeEvent, StripePrice
from billing.payments import event_handlers
from tests.billing import stripe_double
from tests.billing.stripe_types import ViolationError

pytestmark = pytest.mark.django_db(transaction=True)
BESIDE = [Path(__file__).parents[levels] / "shared/data/stripe/events" for levels in (4, 5)]
FOLDER = next((folder for folder in BESIDE if folder.is_dir()), None)
FILES = sorted(FOLDER.glob("*.json")) if FOLDER else []


def place(shop, event):
    """The event's object stands at Stripe, of our customer, as the event shows it; what Stripe adds
    only when it is asked to (`expand`) is added, and what it names stands there too.
    """
    body = json.loads(json.dumps(event["data"]["object"]))
    kind = next(
        kind for kind, shape in shop.stripe.SHAPES.items() if body["object"] == shape.OBJECT_NAME
    )
    shape = shop.stripe.SHAPES[kind]
    if unknown := set(body) - set(stripe_double.fields(shape)):
        raise ViolationError(min(unknown), f"{shape.__name__} has no such field")
    if "customer" in body:
        body["customer"] = shop.customer.pk
    if kind == "cs":
        line = {"id": "li_1", "object": "item", "quantity": 1}
        line["price"] = {"id": shop.price("pack-500").pk, "object": "price"}
        body["line_items"] = stripe_double.as_list(line)
    if kind == "in":
        intent = {"payment": {"payment_intent": "pi_test_1"}}
        body["payments"] = stripe_double.as_list(intent)
        for line in body["lines"]["data"]:
            sell(line["pricing"]["price_details"]["price"])
        shop.subscription(id=body["parent"]["subscription_details"]["subscription"])
    if isinstance(body.get("charge"), str):
        currency = body.get("currency", "usd")
        shop.stripe.add("ch", id=body["charge"], customer=shop.customer.pk, currency=currency)
    shop.stripe.objects[body["id"]] = body
    return body


def sell(price):
    """Stripe's sample price sells Seller."""
    StripePrice.objects.get_or_create(
        id=price,
        defaults={
            "item": "plan-seller",
            "name": "Seller",
            "credits": 1500,
            "amount": 900,
            "currency": "usd",
            "till": "test acct_1",
        },
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_documented_event_is_taken_in_and_done(shop, file):
    event = json.loads(file.read_text())
    assert event["type"] in event_handlers.HANDLERS
    place(shop, event)
    raw = json.dumps({**event, "livemode": False}).encode()
    signed = local_webhooks.sign(raw, shop.SECRET, int(time.time()))
    assert webhooks.receive_event(raw, signed)
    state = event_handlers.handle_event(event["id"])
    assert state == StripeEvent.State.DONE, StripeEvent.objects.get().error
    granted = Bucket.objects.count()
    assert granted == ("paid" in file.stem.split("_") or file.stem.endswith("succeeded"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_documented_event_of_a_stranger_is_foreign_and_moves_nothing(shop, file, now_at):
    event = json.loads(file.read_text())
    place(shop, event)
    Customer.objects.all().delete()
    raw = json.dumps({**event, "livemode": False}).encode()
    webhooks.receive_event(raw, local_webhooks.sign(raw, shop.SECRET, int(time.time())))
    assert event_handlers.handle_event(event["id"]) == StripeEvent.State.FOREIGN
    assert now_at(shop.account) == (0, 0, 0)
