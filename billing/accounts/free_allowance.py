"""Free daily credits for everybody, without an account; bounded by address and network, never by
fingerprint. Nothing is set aside on arrival: they are granted where they are spent.
"""

from datetime import UTC, date, timedelta
from ipaddress import ip_address, ip_network

from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from billing.credits import free_spending, holds
from billing.credits.free_spending import EVERYBODY, FreeDay, Share
from billing.limits import read_limits
from billing.models import Account, Allowance, FreeUse, Source

# By the version of IP.
ADDRESS = {4: 32, 6: 64}
NETWORK = {4: 24, 6: 48}


def find_free_day(account: Account, address: str, user: User | None = None) -> FreeDay | None:
    """What the account may have free today from this IP address, which is not kept.

    Whoever is signed in has credits of their own, whatever others at the address have spent; those
    of a network are bounded together then, apart from its unknown visitors. So has a team's
    member, `user`, where the team pays and has none left; nobody else there has any.
    """
    if account.kind == Account.Kind.TEAM and user is None:
        return None
    bounds = read_limits()
    day = timezone.now().astimezone(UTC).date()
    each, network = bounds.free_a_visitor, hash_network(address, day)
    if account.kind != Account.Kind.VISITOR:
        scope = hash_words(f"{day} signed in {network}")
        shares = [Share(kind="members", scope=scope, limit=bounds.free_a_network)]
    else:
        shares = [
            Share(kind="address", scope=hash_address(address, day), limit=each),
            Share(kind="network", scope=network, limit=bounds.free_a_network),
        ]
    shares.append(Share(kind=EVERYBODY, scope=EVERYBODY, limit=bounds.free_for_everybody))
    whose = account.user_id if user is None else user.pk
    return FreeDay(day=day, each=each, shares=tuple(shares), user=whose)


def hash_address(address: str, day: date) -> str:
    """A keyed hash of the address (of IPv6, its /64) that means nothing on another day."""
    return hash_prefix(address, day, ADDRESS)


def hash_network(address: str, day: date) -> str:
    """A keyed hash of the address's /24, or /48, that means nothing on another day."""
    return hash_prefix(address, day, NETWORK)


def hash_prefix(address: str, day: date, lengths: dict[int, int]) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return f"unknown/{lengths[4]}"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    prefix = ip_network(f"{ip}/{lengths[ip.version]}", strict=False)
    return hash_words(f"{day} {prefix}")


def hash_words(words: str) -> str:
    return salted_hmac("billing.allowance", words, algorithm="sha256").hexdigest()


def count_free_credits(account: Account, free: FreeDay | None) -> int:
    """What the account could spend now of today's free credits."""
    mine = account.buckets.filter(source=Source.FREE, expires__gt=timezone.now())
    back = int(mine.aggregate(total=Sum("available"))["total"] or 0)
    return back + (free_spending.count_room(account, free) if free else 0)


def count_spendable(account: Account, free: FreeDay | None) -> int:
    """What the account could spend now, with what it would be granted free."""
    room = free_spending.count_room(account, free) if free else 0
    return holds.count_spendable(account) + room


def forget_old_counts() -> int:
    """Delete the counts of days gone by, and who spent what of them; how many counts."""
    yesterday = timezone.now().date() - timedelta(days=1)
    FreeUse.objects.filter(day__lt=yesterday).delete()
    return Allowance.objects.filter(day__lt=yesterday).delete()[0]
