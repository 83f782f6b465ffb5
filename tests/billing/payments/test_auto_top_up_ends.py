"""Top-ups: what Stripe refuses ends and is said, and the month's limit counts what the card pays."""

import pytest
import stripe

from billing import emails, tasks
from billing.models import AutoTopUp, TopUp
from billing.payments import auto_top_up, fulfilment, inbox, local_gateway
from billing.payments import event_handlers as handlers
from billing.payments.connection import open_gateway

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def till(settings, monkeypatch, account):
    """The local till, a customer of its, and a wish for a pack when credits run low."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    monkeypatch.setattr(inbox, "send_on_commit", lambda task, pk: handlers.handle_event(pk))
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.deliver_email(*args))
    customer = open_gateway().customer(account.pk, "alice@example.com")
    account.customers.create(id=customer, till="local")
    AutoTopUp.objects.create(account=account, item="pack-500", below=600, monthly_limit=1200)
    return customer


def stopped():
    return AutoTopUp.objects.get().stopped


def test_what_stripe_refuses_ends_and_is_said(till, monkeypatch, mailoutbox):
    def refused(self, *_):
        raise stripe.InvalidRequestError("No such price", "price")

    monkeypatch.setattr(local_gateway.LocalGateway, "draft_top_up", refused)
    auto_top_up.sweep_top_ups()
    assert (TopUp.objects.get().state, stopped()) == ("failed", "refused")
    assert len(mailoutbox) == 1


def test_what_stripe_did_not_answer_is_tried_again(till, monkeypatch):
    def silent(self, *_):
        raise stripe.APIConnectionError("no answer")

    monkeypatch.setattr(local_gateway.LocalGateway, "draft_top_up", silent)
    auto_top_up.sweep_top_ups()
    assert (TopUp.objects.get().state, stopped()) == ("started", "")


def test_an_account_without_a_customer_is_told_so(till, account):
    account.customers.update(till="live acct_1")
    auto_top_up.sweep_top_ups()
    assert (TopUp.objects.get().state, stopped()) == ("failed", "no-customer")


def test_tax_counts_in_the_months_limit(till, account, monkeypatch, now_at):
    AutoTopUp.objects.update(monthly_limit=550)
    drafted = local_gateway.LocalGateway.draft_top_up

    def with_tax(self, *given):
        invoice = drafted(self, *given)
        local_gateway.change_object(invoice, amount_due=595)
        return invoice

    monkeypatch.setattr(local_gateway.LocalGateway, "draft_top_up", with_tax)
    auto_top_up.sweep_top_ups()
    assert (stopped(), now_at(account)) == ("over-limit", (0, 0, 0))
    TopUp.objects.all().delete()
    AutoTopUp.objects.update(monthly_limit=600, stopped="")
    auto_top_up.sweep_top_ups()
    assert TopUp.objects.get().amount == 595
    assert now_at(account) == (500, 0, 0)


def test_a_bank_that_asks_is_answered_on_its_page(till, account, mailoutbox, now_at, client):
    local_gateway.change_object(till, card="asks")
    auto_top_up.sweep_top_ups()
    asked = TopUp.objects.get()
    assert (asked.state, stopped()) == ("asked", "asked")
    assert asked.pay_url in mailoutbox[0].body
    assert len(mailoutbox) == 1
    auto_top_up.sweep_top_ups()
    assert TopUp.objects.count() == 1
    local_gateway.pay_invoice(asked.invoice)
    assert now_at(account) == (500, 0, 0)
    assert (TopUp.objects.get().state, stopped()) == ("paid", "")


def test_a_pack_that_left_the_list_meanwhile_is_bought_as_it_was_started(
    till, account, monkeypatch, now_at
):
    monkeypatch.setattr(auto_top_up, "attempt", lambda started: None)
    auto_top_up.sweep_top_ups()
    monkeypatch.undo()
    monkeypatch.setattr(auto_top_up.prices, "PACKS", ())
    monkeypatch.setattr(inbox, "send_on_commit", lambda task, pk: None)
    auto_top_up.charge(TopUp.objects.get())
    assert now_at(account) == (500, 0, 0)
    fulfilment.fulfil_invoice(TopUp.objects.get().invoice)
    assert now_at(account) == (500, 0, 0)


def test_one_account_that_fails_leaves_the_others(till, monkeypatch):
    called = []

    def breaks(started, now):
        called.append(started)
        raise RuntimeError("poisoned")

    monkeypatch.setattr(auto_top_up, "top_up", breaks)
    assert auto_top_up.sweep_top_ups() == 0
    assert len(called) == 1
