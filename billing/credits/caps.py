"""Caps: the most that an account, a team's member or a key may spend in a month."""

from datetime import datetime

from django.db.models import Case, F, QuerySet, Sum, When

from billing.errors import CapReachedError
from billing.models import Hold, Member


def check_caps(row: Hold, now: datetime) -> None:
    """Under the account's lock, so that two attempts cannot both fit under the cap."""
    of_account = Hold.objects.filter(account_id=row.account_id)
    for cap, holds in (
        (row.account.monthly_cap, of_account),
        (row.key.monthly_cap if row.key else None, Hold.objects.filter(key_id=row.key_id)),
        (cap_of_member(row), of_account.filter(user=row.user)),
    ):
        if cap is None:
            continue
        before = spent_this_month(holds.exclude(pk=row.pk), now)
        if before + row.amount > cap:
            raise CapReachedError(cap, before, row.amount)


def cap_of_member(row: Hold) -> int | None:
    """What the team pays at most in a month for whoever asked."""
    if row.account.team_id is None or row.user_id is None:
        return None
    members = Member.objects.filter(team=row.account.team_id, user=row.user_id)
    return members.values_list("monthly_cap", flat=True).first()


def spent_this_month(holds: QuerySet[Hold], now: datetime) -> int:
    """What was charged and not given back, and what is still held, since the first of the month."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = Case(When(state="held", then=F("amount")), default=F("captured") - F("returned"))
    return int(holds.filter(created__gte=first).aggregate(total=Sum(counted))["total"] or 0)
