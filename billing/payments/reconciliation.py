"""Reconciliation: Stripe's lists are the truth about payments; what no event told us is found here."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import stripe
from django.db.models import Sum
from django.utils import timezone

from billing.errors import ForeignEventError
from billing.models import Customer, MoneyDay, Purchase, Reversal, StripeEvent
from billing.payments import event_handlers, fulfilment, inbox
from billing.payments.connection import id_of, open_gateway

log = logging.getLogger(__name__)

# Stripe keeps events for thirty days; a transfer may take two weeks from its checkout.
LOOK_BACK = timedelta(days=30)
# Every hour, as long as Stripe itself tries to tell of an event; the rest each night.
RECENT = timedelta(days=4)
# Of the hours on either side of a day.
SLACK = timedelta(hours=1)
COUNTED = ("ours", "stripes", "ours_back", "stripes_back", "fees", "unknown")


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


def reconcile_payments(now: datetime | None = None, look_back: timedelta = LOOK_BACK) -> Reconciled:
    """Grant what was paid and not granted; do what events ask for. Each list by itself: one that
    cannot be read leaves the others.
    """
    since = (now or timezone.now()) - look_back
    done = Reconciled()
    for mend in (mend_sessions, mend_invoices, mend_events):
        try:
            mend(since, done)
        except Exception:
            log.exception("reconciling stopped in %s", mend.__name__)
            done.failed.append(mend.__name__)
    return done


def mend_sessions(since: datetime, done: Reconciled) -> None:
    for session in open_gateway().sessions(since):
        paid = session.mode == "payment" and fulfilment.is_settled(session)
        ref = fulfilment.purchase_reference(session.id)
        if paid and not Purchase.objects.filter(ref=ref).exists():
            done.tried(fulfilment.fulfil_session, session.id)


def mend_invoices(since: datetime, done: Reconciled) -> None:
    for invoice in open_gateway().invoices(since):
        if not is_done(object_id=invoice.id, type__in=event_handlers.PAID):
            done.tried(fulfilment.fulfil_invoice, invoice.id)


def mend_events(since: datetime, done: Reconciled) -> None:
    for event in open_gateway().events(since, list(event_handlers.HANDLERS)):
        if not is_done(pk=event.id):
            inbox.store_event(event)
            done.tried(redo, event.id)


def is_done(**which: str | tuple[str, ...]) -> bool:
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
    end, seen = begin + timedelta(days=1), set()
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    # An hour more on either side: both know midnight differently.
    for charge in open_gateway().charges(begin - SLACK, end + SLACK):
        intent = id_of(charge.payment_intent)
        seen.add(intent)
        its_day = begin.timestamp() <= charge.created < end.timestamp()
        if its_day and charge.paid and is_ours(charge):
            count_charge(totals[charge.currency], charge, intent)
    till = open_gateway().name
    sold = Purchase.objects.filter(created__gte=begin, created__lt=end, till=till)
    for purchase in sold.exclude(payment_intent="").exclude(payment_intent__in=seen):
        totals[purchase.currency]["unknown"] += 1
    days = []
    for currency, total in totals.items():
        fields = {name: total[name] for name in COUNTED}
        counted, _ = MoneyDay.objects.update_or_create(day=day, currency=currency, defaults=fields)
        report(counted)
        days.append(counted)
    return days


def is_ours(charge: stripe.Charge) -> bool:
    return Customer.objects.filter(pk=id_of(charge.customer)).exists()


def count_charge(total: Counter[str], charge: stripe.Charge, intent: str) -> None:
    """What it took, gave back and cost, as Stripe says and as our books do."""
    known = Purchase.objects.filter(payment_intent=intent) if intent else Purchase.objects.none()
    gone = Reversal.objects.filter(pk=charge.id)
    fee = getattr(charge.balance_transaction, "fee", 0) or 0
    total.update(
        stripes=charge.amount,
        stripes_back=charge.amount_refunded,
        ours=known.aggregate(total=Sum("paid"))["total"] or 0,
        ours_back=gone.aggregate(total=Sum("amount"))["total"] or 0,
        fees=fee,
    )


def report(counted: MoneyDay) -> None:
    """Say so where the two differ."""
    day, currency = counted.day, counted.currency
    if counted.ours != counted.stripes:
        log.error(
            "%s %s: Stripe took %s, we know of %s", day, currency, counted.stripes, counted.ours
        )
    if counted.ours_back != counted.stripes_back:
        back = counted.stripes_back, counted.ours_back
        log.error("%s %s: Stripe gave back %s, we know of %s", day, currency, *back)
    if counted.unknown:
        log.error("%s %s: Stripe does not know %s of our sales", day, currency, counted.unknown)
