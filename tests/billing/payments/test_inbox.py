from datetime import timedelta

import pytest
import stripe

from billing.models import StripeEvent
from billing.payments import inbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(inbox, "send_on_commit", lambda *given: found.append(given))
    return found


def event(pk="evt_1"):
    body = {"id": pk, "object": "event", "type": "invoice.paid", "data": {"object": {"id": "in_1"}}}
    return stripe.Event.construct_from({**body, "api_version": None}, "sk_test")


def test_an_event_that_comes_twice_is_written_down_and_told_once(sent, clock):
    assert [inbox.store_event(event()), inbox.store_event(event())] == [True, False]
    row = StripeEvent.objects.get()
    assert (row.type, row.object_id, row.api_version) == ("invoice.paid", "in_1", "")
    assert sent == [("billing.tasks.work", "evt_1")]
    # The timetable leaves it to the task for a moment.
    assert row.next_try == clock.now + timedelta(minutes=1)
