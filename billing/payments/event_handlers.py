"""Stripe event handlers: each event's object is fetched again and applied.

An event says only that something changed. Handlers may run late, twice, at once, in any order.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from billing.errors import ForeignEventError, LostOrderError, OtherCurrencyError
from billing.models import StripeEvent
from billing.payments import auto_top_up, customers, fulfilment, refunds, subscriptions

log = logging.getLogger(__name__)

GIVE_UP_AFTER = 12
# What tells that an invoice's money is there, and nothing else of it.
PAID = ("invoice.paid", "invoice.payment_succeeded")
HANDLERS: Mapping[str, Callable[[str], object]] = {
    "checkout.session.completed": fulfilment.fulfil_session,
    "checkout.session.async_payment_succeeded": fulfilment.fulfil_session,
    "checkout.session.async_payment_failed": fulfilment.session_over,
    "checkout.session.expired": fulfilment.session_over,
    "invoice.paid": fulfilment.fulfil_invoice,
    "invoice.payment_succeeded": fulfilment.fulfil_invoice,
    "invoice.payment_failed": auto_top_up.declined,
    "invoice.payment_action_required": auto_top_up.asked,
    "customer.subscription.created": subscriptions.sync,
    "customer.subscription.updated": subscriptions.sync,
    "customer.subscription.deleted": subscriptions.sync,
    "customer.subscription.paused": subscriptions.sync,
    "customer.subscription.resumed": subscriptions.sync,
    "customer.subscription.pending_update_applied": subscriptions.sync,
    "customer.subscription.pending_update_expired": subscriptions.sync,
    "customer.deleted": customers.gone,
    "charge.refunded": refunds.refunded,
    "refund.created": refunds.refund_changed,
    "refund.updated": refunds.refund_changed,
    "refund.failed": refunds.refund_changed,
    "charge.refund.updated": refunds.refund_changed,
    "credit_note.created": refunds.credit_noted,
    "credit_note.updated": refunds.credit_noted,
    "credit_note.voided": refunds.credit_noted,
    "radar.early_fraud_warning.created": refunds.fraud_warned,
    "radar.early_fraud_warning.updated": refunds.fraud_warned,
    "charge.dispute.created": refunds.disputed,
    "charge.dispute.updated": refunds.disputed,
    "charge.dispute.closed": refunds.disputed,
    "charge.dispute.funds_withdrawn": refunds.disputed,
    "charge.dispute.funds_reinstated": refunds.disputed,
}


def handle_event(event_id: str) -> StripeEvent.State:
    """Do what the event asks for. What fails waits, twice as long each time, then is given up."""
    row = StripeEvent.objects.get(pk=event_id)
    if row.state in (StripeEvent.State.DONE, StripeEvent.State.FOREIGN):
        return StripeEvent.State(row.state)
    try:
        HANDLERS[row.type](row.object_id)
    except ForeignEventError:
        return settle(row, StripeEvent.State.FOREIGN)
    except (OtherCurrencyError, LostOrderError) as error:
        # Trying again would say the same: it waits for a person.
        return wait(row, error, tries=GIVE_UP_AFTER)
    except Exception as error:  # noqa: BLE001  one poisoned object must not stop the others
        return wait(row, error)
    return settle(row, StripeEvent.State.DONE)


def settle(row: StripeEvent, state: StripeEvent.State) -> StripeEvent.State:
    StripeEvent.objects.filter(pk=row.pk).update(state=state, error="")
    return state


def wait(row: StripeEvent, error: Exception, *, tries: int = 0) -> StripeEvent.State:
    tries = tries or row.tries + 1
    state = StripeEvent.State.FAILED if tries >= GIVE_UP_AFTER else StripeEvent.State.WAITING
    log.error("event %s (%s) failed: %s", row.pk, row.type, error, exc_info=error)
    # Not where another has done it meanwhile.
    undone = StripeEvent.objects.filter(pk=row.pk, tries=row.tries).exclude(state="done")
    undone.update(
        state=state,
        tries=tries,
        error=f"{type(error).__name__}: {error}"[:300],
        next_try=timezone.now() + timedelta(minutes=min(2**tries, 60)),
    )
    return state


def take_up(pks: Collection[str]) -> int:
    """Try failed events again, as one of us says; how many."""
    failed = StripeEvent.objects.filter(pk__in=pks, state=StripeEvent.State.FAILED)
    return failed.update(state=StripeEvent.State.WAITING, tries=0, next_try=timezone.now())


def retry_events(now: datetime | None = None) -> int:
    """Work on what waits and what was lost on the way; how many are done."""
    now = now or timezone.now()
    to_do = StripeEvent.objects.filter(state__in=["new", "waiting"], next_try__lte=now)
    due = list(to_do.order_by("next_try").values_list("pk", flat=True)[:500])
    return sum(handle_event(pk) == StripeEvent.State.DONE for pk in due)
