"""Free daily credits for everybody, without an account; bounded by network, never by fingerprint."""

from datetime import UTC, date, datetime, time, timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Visitor
from billing.accounts import payers
from billing.credits import grants
from billing.errors import FreeIsUsedUpError
from billing.limits import read_limits
from billing.models import Account, Allowance, Bucket, Source

EVERYBODY = "everybody"
# Before anything else that ends at midnight.
PRIORITY = 10


def grant_free_credits(visitor: Visitor, address: str) -> int:
    """Grant today's free credits unless they were granted before; how many.

    `address` is the visitor's IP address; it is not kept. Not to be called inside a transaction
    that has touched an account: the day's budgets are locked before accounts.

    Raises FreeIsUsedUpError when the network, or everybody together, has had today's share.
    """
    account = payers.account_of_visitor(visitor)
    day = timezone.now().astimezone(UTC).date()
    refs = [f"free:{visitor.pk}:{day}"]
    if visitor.user is not None:
        # What the visitor had before signing in came along.
        refs.append(f"free:user-{visitor.user.pk}:{day}")
    given = Bucket.objects.filter(source_ref__in=refs).exists()
    if given or account.debt or account.kind == Account.Kind.TEAM:
        return 0
    bounds = read_limits()
    amount = bounds.free_a_visitor
    with transaction.atomic():
        reserve(day, hash_network(address, day), amount, bounds.free_a_network)
        reserve(day, EVERYBODY, amount, bounds.free_for_everybody)
        granted = grants.grant_credits(
            account, amount, Source.FREE, refs[-1], expires=midnight_after(day), priority=PRIORITY
        )
        if granted is None:
            # Another request of this visitor was quicker: nothing was reserved either.
            transaction.set_rollback(True)
            return 0
    return amount


def reserve(day: date, scope: str, amount: int, limit: int) -> None:
    Allowance.objects.get_or_create(day=day, scope=scope, defaults={"limit": limit})
    room = Allowance.objects.filter(day=day, scope=scope, given__lte=limit - amount)
    if room.update(given=F("given") + amount, limit=limit) != 1:
        raise FreeIsUsedUpError("everybody" if scope == EVERYBODY else "network", day)


def hash_network(address: str, day: date) -> str:
    """A keyed hash of the address's /24, or /48, that means nothing on another day."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    prefix = ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False)  # noqa: PLR2004  IP's versions
    return salted_hmac("billing.allowance", f"{day} {prefix}", algorithm="sha256").hexdigest()


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def count_free_credits(account: Account) -> int:
    """What is left of today's free credits."""
    free = account.buckets.filter(source=Source.FREE, expires__gt=timezone.now())
    return int(free.aggregate(total=Sum("available"))["total"] or 0)


def forget_old_counts() -> int:
    """Delete the counts of days gone by; how many rows."""
    yesterday = timezone.now().date() - timedelta(days=1)
    return Allowance.objects.filter(day__lt=yesterday).delete()[0]
