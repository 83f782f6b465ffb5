"""Previews as they are paid for: some a month are free, and of the others four are one credit.

The ledger knows whole credits only. Each preview takes a number; whoever takes a fourth holds a
credit for it, and who fails gives the number back to whoever comes next.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from billing.credits import holds
from billing.credits.postings import lock_account
from billing.errors import OutOfCreditsError
from billing.limits import read_limits
from billing.models import Account, Preview

A_CREDIT = 4


@dataclass(frozen=True)
class Taken:
    """A preview that may be made: the credits to hold for it, and whether it is free."""

    credits: int
    is_free: bool


def take_preview(account: Account, attempt: str) -> Taken:
    """Give the attempt the next number, in the caller's transaction or one of its own.

    Raises OutOfCreditsError when no free one is left this month and the account has no credit to
    pay the fourth with; then no number is taken.
    """
    now = timezone.now()
    month = f"{now:%Y-%m}"
    with transaction.atomic():
        lock_account(account.pk)
        is_free = count_free(account) > 0
        if not is_free and (available := holds.count_spendable(account, now)) < 1:
            raise OutOfCreditsError(available, 1)
        number = next_number(account, month if is_free else "")
        Preview.objects.create(
            account=account, attempt=attempt, month=month if is_free else "", number=number
        )
    return Taken(0 if is_free or number % A_CREDIT else 1, is_free)


def next_number(account: Account, month: str) -> int:
    """The lowest that nobody has: of a group of four none is left out."""
    taken = Preview.objects.filter(account=account, month=month)
    last = taken.aggregate(last=Max("number"))["last"] or 0
    if taken.count() == last:
        return int(last) + 1
    known = set(taken.values_list("number", flat=True))
    return next(number for number in range(1, last + 1) if number not in known)


def release_preview(attempt: str) -> None:
    """What was not delivered is not counted."""
    Preview.objects.filter(attempt=attempt).delete()


def count_free(account: Account) -> int:
    """The free previews that are left this month."""
    used = Preview.objects.filter(account=account, month=f"{timezone.now():%Y-%m}").count()
    return max(0, read_limits().free_previews_a_month - used)


def count_begun(account: Account) -> int:
    """The previews that were delivered towards a credit that is not spent yet, 0 to 3."""
    return Preview.objects.filter(account=account, month="").count() % A_CREDIT
