"""Auto top-up: one notice each time an account runs low, and a pack bought by itself."""

import logging
from datetime import datetime, timedelta

import stripe
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from billing import emails, prices
from billing.credits.postings import lock_account
from billing.errors import NoCustomerError, NoPriceError, OverLimitError
from billing.models import Account, AutoTopUp, TopUp
from billing.payments import customers, fulfilment, price_ids, subscriptions
from billing.payments.connection import id_of, open_gateway
from billing.prices import CURRENCY, Money, Pack
from foundation.one_by_one import try_each

log = logging.getLogger(__name__)

UNDECIDED = ("started", "asked")
# Stripe's words for a bank that asks its owner.
ASKS = {"authentication_required", "invoice_payment_intent_requires_action"}
COOLDOWN = timedelta(minutes=10)
# A process may have died between starting a top-up and paying it.
RESUME_AFTER = timedelta(minutes=2)


def sweep_top_ups(now: datetime | None = None) -> int:
    """Send the notices that are due and start or resume top-ups; how many were started."""
    now = now or timezone.now()
    notice(now)
    stale = TopUp.objects.filter(state="started", created__lt=now - RESUME_AFTER)
    try_each(attempt, stale.select_related("account"))
    low = AutoTopUp.objects.exclude(item="").filter(
        stopped="", account__available__lt=F("below"), account__debt=0
    )
    return sum(try_each(lambda refill: top_up(refill, now), low.select_related("account")))


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
    with transaction.atomic():
        # Under the account's lock, or two would each see room for one.
        account = lock_account(refill.account_id)
        made = account.top_ups.all()
        if made.filter(state__in=UNDECIDED).exists() or account.available >= refill.below:
            return None
        if made.filter(created__gt=now - COOLDOWN).exists():
            return None
        if spent_this_month(account, now) + item.cost.amount > refill.monthly_limit:
            return None
        return TopUp.objects.create(
            account=account,
            item=item.slug,
            name=str(item.name),
            credits=item.credits,
            amount=item.cost.amount,
            currency=item.cost.currency,
            till=open_gateway().name,
        )


def spent_this_month(account: Account, now: datetime, but: TopUp | None = None) -> int:
    """What the card pays for top-ups, with tax, since the first of the month."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spent = account.top_ups.filter(created__gte=month).exclude(state="failed")
    if but is not None:
        spent = spent.exclude(pk=but.pk)
    return int(spent.aggregate(total=Sum("amount"))["total"] or 0)


def attempt(started: TopUp) -> None:
    """Pay for it. May be repeated: Stripe knows the invoice and the payment by our keys.

    What the bank asks its owner about waits on Stripe's page; what Stripe refuses ends, and is
    said; what it did not answer is tried again.
    """
    try:
        charge(started)
    except stripe.CardError as error:
        if error.code in ASKS:
            ask(started)
        else:
            stop(started, error.code or "declined")
    except NoCustomerError:
        stop(started, "no-customer")
    except OverLimitError:
        stop(started, "over-limit")
    except stripe.InvalidRequestError:
        log.exception("Stripe refuses top-up %s", started.pk)
        stop(started, "refused")
    except stripe.StripeError:
        log.exception("top-up %s failed and will be tried again", started.pk)


def charge(started: TopUp) -> None:
    customer = customers.find_customer(started.account)
    if customer is None or started.till not in (open_gateway().name, ""):
        raise NoCustomerError
    price = price_ids.price_of(terms_of(started))
    invoice = started.invoice or open_gateway().draft_top_up(started, customer.pk, price.pk)
    TopUp.objects.filter(pk=started.pk).update(invoice=invoice, price=price.pk)
    drafted = open_gateway().invoice(invoice)
    if drafted.status != "paid":
        check_limit(started, drafted.amount_due)
        open_gateway().pay(invoice, customer.pk)
    fulfilment.fulfil_invoice(invoice)


def terms_of(started: TopUp) -> Pack:
    """What it was started for, which the list may not have any more."""
    return Pack(
        slug=started.item,
        name=started.name,
        credits=started.credits,
        cost=Money(started.amount, started.currency or CURRENCY),
    )


def check_limit(started: TopUp, due: int) -> None:
    """Raises OverLimitError where tax makes it more than the month's limit leaves."""
    wish = AutoTopUp.objects.filter(account=started.account_id).first()
    spent = spent_this_month(started.account, timezone.now(), but=started)
    if wish is not None and wish.monthly_limit and spent + due > wish.monthly_limit:
        raise OverLimitError


def ask(started: TopUp) -> None:
    """The bank wants to hear it from the card's owner: they are sent to Stripe's page, once."""
    invoice = open_gateway().invoice(TopUp.objects.get(pk=started.pk).invoice)
    url = invoice.hosted_invoice_url or ""
    waiting = TopUp.objects.filter(pk=started.pk, state="started")
    if waiting.update(state=TopUp.State.ASKED, pay_url=url) == 1:
        AutoTopUp.objects.filter(account_id=started.account_id).update(stopped="asked")
        emails.payment_asked(started.account, url)


def stop(failed: TopUp, why: str) -> None:
    """Nothing more is tried until the owner says so."""
    if TopUp.objects.filter(pk=failed.pk, state__in=UNDECIDED).update(state="failed") == 1:
        AutoTopUp.objects.filter(account_id=failed.account_id).update(stopped=why[:40])
        emails.top_up_failed(failed.account)


def call_off(account: Account) -> None:
    """Nothing more is bought by itself: what was started is not paid any more."""
    AutoTopUp.objects.filter(account=account).delete()
    for started in account.top_ups.filter(state__in=UNDECIDED):
        if started.invoice:
            open_gateway().void(started.invoice)
        TopUp.objects.filter(pk=started.pk, state__in=UNDECIDED).update(state="failed")


def declined(invoice_id: str) -> None:
    """A payment failed: a top-up stops, a plan is looked at again."""
    invoice, _ = look_again(invoice_id)
    top_up = TopUp.objects.filter(invoice=invoice.id, state__in=UNDECIDED).first()
    if top_up is not None and invoice.status not in ("paid", "draft"):
        stop(top_up, "declined")


def asked(invoice_id: str) -> None:
    """A bank asks its owner: they are told where to answer."""
    invoice, account = look_again(invoice_id)
    top_up = TopUp.objects.filter(invoice=invoice.id, state="started").first()
    if top_up is not None:
        ask(top_up)
    elif invoice.status == "open" and invoice.hosted_invoice_url:
        emails.payment_asked(account, invoice.hosted_invoice_url)


def look_again(invoice_id: str) -> tuple[stripe.Invoice, Account]:
    """The invoice and whose it is; its plan is looked at again."""
    invoice = open_gateway().invoice(invoice_id)
    account = customers.owner_of(id_of(invoice.customer), invoice_id)
    if invoice.parent and invoice.parent.subscription_details:
        subscriptions.sync(id_of(invoice.parent.subscription_details.subscription))
    return invoice, account
