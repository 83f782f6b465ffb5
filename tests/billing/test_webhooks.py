"""Case 10 of the twelve, and 11's poisoned object: who may come in, and what waits."""

import json
import time

import pytest
import stripe

from billing import local_webhooks, webhooks
from billing.errors import ForeignEventError
from billing.models import StripeEvent

pytestmark = pytest.mark.django_db(transaction=True)
State = StripeEvent.State


@pytest.fixture
def event(shop):
    return shop.stripe.event("checkout.session.completed", shop.session())


def test_an_event_is_written_down_once(shop, event):
    assert [shop.post(event), shop.post(event)] == [True, False]
    found = StripeEvent.objects.get()
    assert (found.object_id, found.state) == (event["data"]["object"]["id"], State.NEW)


def test_forged_stale_and_unsigned_bodies_stay_outside(shop, event):
    raw = json.dumps(event).encode()
    good = local_webhooks.sign(raw, shop.SECRET)
    for body, signature in (
        (raw.replace(b"500", b"900"), good),
        (raw, local_webhooks.sign(raw, "whsec_other")),
        (raw, local_webhooks.sign(raw, shop.SECRET, int(time.time()) - 301)),
        (raw, "t=1"),
        (raw, ""),
        (b"{", local_webhooks.sign(b"{", shop.SECRET)),
    ):
        with pytest.raises((stripe.SignatureVerificationError, ValueError)):
            webhooks.receive_event(body, signature)
    assert not StripeEvent.objects.exists()


def test_an_event_of_the_other_mode_stays_outside(shop, event):
    with pytest.raises(ForeignEventError):
        shop.post({**event, "livemode": True})
    assert not StripeEvent.objects.exists()


def test_what_we_have_no_use_for_is_not_written_down(shop):
    assert shop.post(shop.stripe.event("product.created", shop.session())) is False
    assert not StripeEvent.objects.exists()


def test_another_version_is_taken_in_and_noticed(shop, caplog):
    shop.post(shop.stripe.event("invoice.paid", shop.session(), api_version="2020-08-27"))
    assert StripeEvent.objects.get().api_version == "2020-08-27"
    assert "2020-08-27" in caplog.text


@pytest.mark.parametrize(
    ("raw", "signature"),
    [
        (b"{}", "t=1,v1=\u00e4\u00f6"),
        (b"[1]", None),
        (b"null", None),
        (b"\xff\xfe", None),
        (b'{"id": "evt_\\u0000", "object": "event"}', None),
    ],
)
def test_what_stripe_never_sends_is_a_bad_request_and_no_error(client, shop, raw, signature):
    # Headers come in as Latin-1.
    signed = local_webhooks.sign(raw, shop.SECRET) if signature is None else signature
    answer = client.post(
        "/webhooks/stripe/", raw, content_type="application/json", HTTP_STRIPE_SIGNATURE=signed
    )
    assert answer.status_code == 400
