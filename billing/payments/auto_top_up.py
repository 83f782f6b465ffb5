"""Auto top-up: one notice each time an account runs low, and a pack bought by itself."""

import logging
from datetime import datetime, timedelta

import stripe
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from billing import emails, prices
from billing.credits.postings import lock_account
from billing.errors import ForeignEventError, NoPriceError
from billing.models import AutoTopUp, Customer, TopUp
from billing.payments import fulfilment, price_ids, subscriptions
from billing.payments.connection import id_of, open_gateway

log = logging.getLogger(__name__)

COOLDOWN = timedelta(minutes=10)
# A process may have died between starting a top-up and paying it.
RESUME_AFTER = timedelta(minutes=2)


def sweep_top_ups(now: datetime | None = None) -> int:
    """Send the notices that are due and start or resume top-ups; how many were started."""
    now = now or timezone.now()
    notice(now)
    for stale in TopUp.objects.filter(state="started", created__lt=now - RESUME_AFTER):
        attempt(stale)
    low = AutoTopUp.objects.exclude(item="").filter(
        stopped="", account__available__lt=F("below"), account__debt=0
    )
    return sum(top_up(refill, now) for refill in low.select_related("account"))


def notice(now: datetime) -> None:
    wanted = AutoTopUp.objects.filter(notice_below__gt=0)
    wanted.filter(noticed__isnull=False, account__available__gte=F("notice_below")).update(
        noticed=None
    )
    low = wanted.filter(noticed=None, account__available__lt=F("notice_below"))
    for refill in low.select_related("account__user"):
        # Of all who see it cross, one writes.
        if AutoTopUp.objects.filter(pk=refill.pk, noticed=None).update(noticed=now) == 1:
            emails.low_balance(refill.account)


def top_up(refill: AutoTopUp, now: datetime) -> bool:
    started = start(refill, now)
    if started is not None:
        attempt(started)
    return started is not None


def start(refill: AutoTopUp, now: datetime) -> TopUp | None:
    """One at a time, not right after another, and never above the month's limit."""
    try:
        item = prices.find_pack_or_plan(refill.item)
    except NoPriceError:
        AutoTopUp.objects.filter(pk=refill.pk).update(stopped="not-sold")
        return None
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        # Under the account's lock, or two would each see room for one.
        account = lock_account(refill.account_id)
        made = account.top_ups.all()
        if made.filter(state="started").exists() or account.available >= refill.below:
            return None
        if made.filter(created__gt=now - COOLDOWN).exists():
            return None
        spent = made.filter(created__gte=month).exclude(state="failed")
        total = spent.aggregate(total=Sum("amount"))["total"] or 0
        if total + item.cost.amount > refill.monthly_limit:
            return None
        return TopUp.objects.create(account=account, item=item.slug, amount=item.cost.amount)


def attempt(started: TopUp) -> None:
    """Pay for it. May be repeated: Stripe knows the invoice and the payment by our keys."""
    try:
        charge(started)
    except stripe.CardError as error:
        stop(started, error.code or "declined")
    except (stripe.StripeError, Customer.DoesNotExist):
        log.exception("top-up %s failed and will be tried again", started.pk)


def charge(started: TopUp) -> None:
    customer = Customer.objects.get(account_id=started.account_id)
    price = price_ids.price_of(prices.find_pack_or_plan(started.item))
    invoice = started.invoice or open_gateway().draft_top_up(started, customer.pk, price.pk)
    TopUp.objects.filter(pk=started.pk).update(invoice=invoice)
    if open_gateway().invoice(invoice).status != "paid":
        open_gateway().pay(invoice, customer.pk)
    fulfilment.fulfil_invoice(invoice)


def stop(failed: TopUp, why: str) -> None:
    """Declined: nothing more is tried until the owner says so."""
    if TopUp.objects.filter(pk=failed.pk, state="started").update(state="failed") == 1:
        AutoTopUp.objects.filter(account_id=failed.account_id).update(stopped=why[:40])
        emails.top_up_failed(failed.account)


def declined(invoice_id: str) -> None:
    """A payment failed: a top-up stops, a plan is looked at again."""
    invoice = open_gateway().invoice(invoice_id)
    if not Customer.objects.filter(pk=id_of(invoice.customer)).exists():
        raise ForeignEventError(invoice_id)
    top_up = TopUp.objects.filter(invoice=invoice.id, state="started").first()
    if top_up is not None and invoice.status != "paid":
        stop(top_up, "declined")
    if invoice.parent and invoice.parent.subscription_details:
        subscriptions.sync(id_of(invoice.parent.subscription_details.subscription))
