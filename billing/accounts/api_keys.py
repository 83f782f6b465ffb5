"""API keys: issue, find and revoke what programs spend with."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Visitor
from billing.accounts import roles
from billing.models import Account, ApiKey

PREFIX, SANDBOX_PREFIX = "psk_", "sandbox_"
SHOWN = 12
# What a key may be allowed; one that names none of them may do everything.
TOOLS = "tools"
SCOPES = {
    TOOLS: _("The site's own addresses"),
    "removebg": _("Remove backgrounds, as remove.bg's programs ask for it"),
    "account": _("Read the balance, as remove.bg's programs do"),
    "improve": _("Report bad results, as remove.bg's programs do"),
}
MINUTE = timedelta(seconds=60)


def issue_key(
    account: Account,
    name: str,
    monthly_cap: int | None = None,
    *,
    sandbox: bool = False,
    scopes: Iterable[str] = (),
    rate_limit: int | None = None,
    expires: datetime | None = None,
    user: User | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is not kept and cannot be shown again."""
    secret = (SANDBOX_PREFIX if sandbox else PREFIX) + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        account=account,
        user=user,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        monthly_cap=monthly_cap,
        sandbox=sandbox,
        scopes=list(scopes),
        expires=expires,
        **({"rate_limit": rate_limit} if rate_limit is not None else {}),
    )
    return key, secret


def find(secret: str) -> ApiKey | None:
    """The key that has this secret and may still be used."""
    now = timezone.now()
    keys = ApiKey.objects.filter(live(now), digest=digest(secret))
    found = keys.select_related("account", "visitor", "user").first()
    if found is not None and not roles.may_spend(found.user_id, found.account):
        return None
    if found is not None:
        keys.update(used=now)
    return found


def live(now: datetime) -> Q:
    """Which keys are neither revoked nor past their time."""
    return Q(revoked=None) & (Q(expires=None) | Q(expires__gt=now))


def list_keys(account: Account) -> QuerySet[ApiKey]:
    """The account's keys that were not revoked, the oldest first."""
    return account.keys.filter(revoked=None).select_related("user").order_by("pk")


def is_allowed(key: ApiKey, scope: str) -> bool:
    return not key.scopes or scope in key.scopes


def take_units(key: ApiKey, units: int) -> bool:
    """Count so many megapixels in the key's minute, which its first call after quiet begins.

    False when they would be more than its limit; then none are counted. The key knows its minute
    afterwards.
    """
    now = timezone.now()
    row = ApiKey.objects.filter(pk=key.pk)
    current = Q(minute_began__gt=now - MINUTE)
    taken = row.filter(current, minute_units__lte=key.rate_limit - units)
    counted = units <= key.rate_limit and (
        taken.update(minute_units=F("minute_units") + units)
        or row.exclude(current).update(minute_began=now, minute_units=units)
        # Somebody else began the minute between the two.
        or taken.update(minute_units=F("minute_units") + units)
    )
    key.refresh_from_db(fields=["minute_began", "minute_units"])
    return bool(counted)


def digest(secret: str) -> str:
    # Long random secrets need no slow hash.
    return sha256(secret.encode()).hexdigest()


def visitor_of(key: ApiKey) -> Visitor:
    """Whose photos a key sends and sees: its own, and no browser's."""
    if key.visitor is None:
        made = Visitor.objects.create()
        if ApiKey.objects.filter(pk=key.pk, visitor=None).update(visitor=made) != 1:
            made.delete()
        key.refresh_from_db(fields=["visitor"])
    assert key.visitor is not None  # noqa: S101  made just now, here or by another request
    return key.visitor


def revoke_key(account: Account, pk: int) -> bool:
    open_key = ApiKey.objects.filter(account=account, pk=pk, revoked=None)
    return open_key.update(revoked=timezone.now()) == 1
