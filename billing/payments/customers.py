"""Customers: Stripe's names for our accounts, at the till that is open now."""

from contextlib import suppress

import stripe
from django.db import IntegrityError, transaction
from django.utils import timezone

from billing.errors import ForeignEventError
from billing.models import Account, AutoTopUp, Customer
from billing.payments import subscriptions
from billing.payments.connection import open_gateway


def customer_of(account: Account, email: str) -> str:
    """The account's customer, made where it has none: another for each mode and account at Stripe."""
    known = find_customer(account)
    if known is not None:
        return known.pk
    till = open_gateway()
    again = account.customers.filter(till=till.name).count()
    made = till.customer(account.pk, email, again)
    try:
        with transaction.atomic():
            return Customer.objects.create(id=made, account=account, till=till.name).pk
    except IntegrityError:
        # Another request was quicker.
        return Customer.objects.get(account=account, till=till.name, deleted=None).pk


def find_customer(account: Account) -> Customer | None:
    """What Stripe calls the account, in this mode and account of ours; None for what it deleted."""
    till = open_gateway()
    alive = account.customers.filter(deleted=None)
    known = alive.filter(till=till.name).first()
    old = alive.filter(till="").first() if known is None else None
    if old is not None and till.has_customer(old.pk):
        # From before it was kept, and still there: so it is of this one.
        Customer.objects.filter(pk=old.pk).update(till=till.name)
        return old
    return known


def owner_of(customer_id: str, what: str) -> Account:
    """Whose customer it is. Raises ForeignEventError for who is none of ours."""
    known = Customer.objects.select_related("account").filter(pk=customer_id).first()
    if known is None:
        raise ForeignEventError(what)
    return known.account


def gone(customer_id: str) -> None:
    """Stripe has deleted the customer, and ended their plans with them."""
    account = owner_of(customer_id, customer_id)
    if open_gateway().has_customer(customer_id):
        return
    Customer.objects.filter(pk=customer_id, deleted=None).update(deleted=timezone.now())
    AutoTopUp.objects.filter(account=account).exclude(item="").update(stopped="customer-gone")
    for plan in account.subscriptions.filter(till=open_gateway().name):
        subscriptions.sync(plan.pk)


def rename(user_id: int) -> None:
    """The user's address has changed: invoices go to the new one."""
    account = Account.objects.select_related("user").filter(user=user_id).first()
    known = find_customer(account) if account is not None else None
    if known is not None and known.account.user is not None:
        open_gateway().rename_customer(known.pk, known.account.user.email)


def forget(customer_id: str) -> None:
    """Delete the customer at Stripe, who keeps the payments for the books."""
    # Perhaps it was deleted there before.
    with suppress(stripe.InvalidRequestError):
        open_gateway().forget_customer(customer_id)
    Customer.objects.filter(pk=customer_id, deleted=None).update(deleted=timezone.now())
