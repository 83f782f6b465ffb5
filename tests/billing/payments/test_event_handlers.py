import pytest

from accounts.models import User
from billing.models import StripeEvent
from billing.payments import event_handlers
from tests.billing.browsing import as_browser

pytestmark = pytest.mark.django_db(transaction=True)


State = StripeEvent.State


@pytest.fixture
def event(shop):
    return shop.stripe.event("checkout.session.completed", shop.session())


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
