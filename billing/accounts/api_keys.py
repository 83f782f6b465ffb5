"""API keys: issue, find and revoke what programs spend with."""

import secrets
from hashlib import sha256

from django.utils import timezone

from accounts.models import User, Visitor
from billing.accounts import roles
from billing.models import Account, ApiKey

PREFIX = "psk_"
SHOWN = 12


def issue_key(
    account: Account, name: str, monthly_cap: int | None = None, *, user: User | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is not kept and cannot be shown again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        account=account,
        user=user,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        monthly_cap=monthly_cap,
    )
    return key, secret


def find(secret: str) -> ApiKey | None:
    """The key that has this secret and may still be used."""
    keys = ApiKey.objects.filter(digest=digest(secret), revoked=None)
    found = keys.select_related("account", "visitor", "user").first()
    if found is not None and not roles.may_spend(found.user_id, found.account):
        return None
    if found is not None:
        keys.update(used=timezone.now())
    return found


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
