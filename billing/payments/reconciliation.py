"""Reconciliation: Stripe's lists are the truth about payments; what no event told us is found here."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from billing.errors import ForeignEventError
from billing.models import Customer, MoneyDay, Purchase, StripeEvent
from billing.payments import event_handlers, fulfilment, inbox
from billing.payments.connection import id_of, open_gateway

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(hours=48)


@dataclass
class Reconciled:
    """How many things were put right, and which could not be."""

    fixed: int = 0
    failed: list[str] = field(default_factory=list)

    def tried(self, mend: Callable[[str], bool], pk: str) -> None:
        """One item on its own: a poisoned one must not stop the rest."""
        try:
            self.fixed += mend(pk)
        except ForeignEventError:
            pass
        except Exception:
            log.exception("reconciling %s failed", pk)
            self.failed.append(pk)


def reconcile_payments(now: datetime | None = None) -> Reconciled:
    """Grant what was paid in the last two days and not granted; do what events ask for."""
    since = (now or timezone.now()) - LOOK_BACK
    done = Reconciled()
    for session in open_gateway().sessions(since):
        paid = session.mode == "payment" and session.payment_status == "paid"
        if paid and not Purchase.objects.filter(ref=f"cs:{session.id}").exists():
            done.tried(fulfilment.fulfil_session, session.id)
    for invoice in open_gateway().invoices(since):
        if not is_done(object_id=invoice.id, type__startswith="invoice."):
            done.tried(fulfilment.fulfil_invoice, invoice.id)
    for event in open_gateway().events(since, list(event_handlers.HANDLERS)):
        if not is_done(pk=event.id):
            inbox.store_event(event)
            done.tried(redo, event.id)
    return done


def is_done(**which: str) -> bool:
    return StripeEvent.objects.filter(**which, state__in=["done", "foreign"]).exists()


def redo(pk: str) -> bool:
    state = event_handlers.handle_event(pk)
    if state in (StripeEvent.State.WAITING, StripeEvent.State.FAILED):
        raise RuntimeError(f"{pk} is {state}")
    return state == StripeEvent.State.DONE


def count_money(day: date | None = None) -> list[MoneyDay]:
    """What Stripe and we say was taken on a day (yesterday, in UTC); a difference is logged."""
    day = day or timezone.now().astimezone(UTC).date() - timedelta(days=1)
    begin = datetime.combine(day, time(), UTC)
    stripes: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for charge in open_gateway().charges(begin, begin + timedelta(days=1)):
        if not charge.paid or not Customer.objects.filter(pk=id_of(charge.customer)).exists():
            continue
        stripes[charge.currency] += charge.amount
        # By the payment, not by the clock: both know midnight differently.
        known = Purchase.objects.filter(payment_intent=id_of(charge.payment_intent))
        ours[charge.currency] += known.aggregate(total=Sum("paid"))["total"] or 0
    days = []
    for currency, taken in stripes.items():
        counted, _ = MoneyDay.objects.update_or_create(
            day=day, currency=currency, defaults={"ours": ours[currency], "stripes": taken}
        )
        if counted.ours != counted.stripes:
            log.error("%s %s: Stripe took %s, we know of %s", day, currency, taken, counted.ours)
        days.append(counted)
    return days
