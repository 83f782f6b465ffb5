"""Keys that programs spend with."""

import secrets
from hashlib import sha256

from django.utils import timezone

from billing.models import Account, ApiKey

PREFIX = "psk_"
SHOWN = 12


def issue(account: Account, name: str, monthly_cap: int | None = None) -> tuple[ApiKey, str]:
    """A new key and its secret, which is not kept and cannot be shown again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        account=account,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        monthly_cap=monthly_cap,
    )
    return key, secret


def find(secret: str) -> ApiKey | None:
    """The key that has this secret and may still be used."""
    keys = ApiKey.objects.filter(digest=digest(secret), revoked=None)
    found = keys.select_related("account").first()
    if found is not None:
        keys.update(used=timezone.now())
    return found


def digest(secret: str) -> str:
    # Long random secrets need no slow hash.
    return sha256(secret.encode()).hexdigest()


def revoke(account: Account, pk: int) -> bool:
    open_key = ApiKey.objects.filter(account=account, pk=pk, revoked=None)
    return open_key.update(revoked=timezone.now()) == 1
