"""Case 10 of the twelve, and 11's poisoned object: who may come in, and what waits."""

import json
import time

import pytest
import stripe

from accounts.models import User
from billing import local_webhooks, webhooks
from billing.errors import ForeignEventError
from billing.models import StripeEvent
from billing.payments import connection, event_handlers
from tests.billing.browsing import as_browser

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


def test_a_strangers_event_is_done_with(shop):
    session = shop.session(client_reference_id="theirs", customer="cus_stranger")
    assert shop.tell("checkout.session.completed", session) == State.FOREIGN


def test_a_poisoned_object_waits_longer_each_time_and_stops_nobody(shop, event, clock, now_at):
    poisoned = shop.session()
    poisoned["line_items"]["data"][0]["price"]["id"] = "price_unknown"
    assert shop.tell("checkout.session.completed", poisoned) == State.WAITING
    shop.post(event)
    clock.passes(minutes=2)
    assert event_handlers.retry_events() == 1
    assert now_at(shop.account) == (500, 0, 0)
    found = StripeEvent.objects.exclude(pk=event["id"]).get()
    assert (found.tries, found.error) == (2, "NoPriceError: price_unknown")
    assert found.next_try > clock.now


def test_what_waited_is_done_once_it_can_be(shop, clock, now_at):
    session = shop.session()
    missing = shop.stripe.objects.pop(session["id"])
    assert shop.tell("checkout.session.completed", session) == State.WAITING
    shop.stripe.objects[session["id"]] = missing
    assert event_handlers.retry_events() == 0
    clock.passes(minutes=5)
    assert event_handlers.retry_events() == 1
    assert now_at(shop.account) == (500, 0, 0)


def test_after_many_tries_it_is_given_up_and_not_forgotten(shop, clock):
    session = shop.session()
    del shop.stripe.objects[session["id"]]
    shop.tell("checkout.session.completed", session)
    for _ in range(event_handlers.GIVE_UP_AFTER):
        clock.passes(hours=2)
        event_handlers.retry_events()
    assert StripeEvent.objects.get().state == State.FAILED
    clock.passes(hours=2)
    assert event_handlers.retry_events() == 0


def test_a_failure_does_not_undo_what_another_worker_did(shop, event):
    shop.post(event)
    row = StripeEvent.objects.get()
    event_handlers.handle_event(row.pk)
    event_handlers.wait(row, RuntimeError("late"))
    assert StripeEvent.objects.get().state == State.DONE
    assert event_handlers.handle_event(row.pk) == State.DONE


def test_a_lost_task_is_made_up_for(shop, event, clock, now_at):
    shop.post(event)
    assert event_handlers.retry_events() == 0
    clock.passes(minutes=2)
    assert event_handlers.retry_events() == 1
    assert now_at(shop.account) == (500, 0, 0)


def test_the_local_till_refuses_what_it_has_not_signed(settings):
    settings.STRIPE_SECRET_KEY = ""
    raw = b"{}"
    assert connection.open_gateway().webhook_secret.startswith("whsec_")
    with pytest.raises(stripe.SignatureVerificationError):
        webhooks.receive_event(raw, local_webhooks.sign(raw, "whsec_"))


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


def test_a_failed_event_is_taken_up_again_by_one_of_us(shop, event, now_at):
    line = event["data"]["object"]["line_items"]["data"][0]
    session = shop.stripe.objects[event["data"]["object"]["id"]]
    session["line_items"]["data"][0]["price"]["id"] = "price_unknown"
    shop.post(event)
    for _ in range(event_handlers.GIVE_UP_AFTER):
        event_handlers.handle_event(event["id"])
    assert StripeEvent.objects.get().state == State.FAILED
    assert event_handlers.retry_events() == 0
    session["line_items"]["data"][0]["price"]["id"] = line["price"]["id"]
    desk = User.objects.create_superuser("desk@example.com", "secret")
    form = {"action": "take_up", "_selected_action": [event["id"]]}
    as_browser(desk).post("/admin/billing/stripeevent/", form)
    assert event_handlers.retry_events() == 1
    assert now_at(shop.account) == (500, 0, 0)
