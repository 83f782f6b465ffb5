import pytest

from billing.payments import event_handlers, inbox


@pytest.fixture
def local_checkout(monkeypatch, settings):
    """The test checkout takes the money, and the task runs at once, as an idle worker would."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    monkeypatch.setattr(
        inbox, "send_on_commit", lambda task, event_id: event_handlers.handle_event(event_id)
    )


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def go_to_checkout(signed_in):
    """Order something; the address where it is paid."""

    def go_to_checkout(item="pack-500"):
        answer = signed_in.post("/pricing/buy/", {"item": item})
        assert answer.status_code == 302
        return answer["Location"]

    return go_to_checkout
