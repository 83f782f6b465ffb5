"""Search Console by its API, where the operator has given a service account's key.

https://developers.google.com/webmaster-tools/v1/searchanalytics/query
https://developers.google.com/identity/protocols/oauth2/service-account
"""

import base64
import json
import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings
from django.utils import timezone

from seo.desk.metrics import search_console

log = logging.getLogger(__name__)

SCOPE = "https://www.googleapis.com/auth/webmasters.readonly"
API = "https://searchconsole.googleapis.com/webmasters/v3/sites"
# The newest days are not final for two or three days: they are asked for again each night.
DAYS = 5
PAGE = 25_000
TIMEOUT = 30.0


def is_set_up() -> bool:
    return bool(settings.SEARCH_CONSOLE_KEY and settings.SEARCH_CONSOLE_SITE)


def fetch_rows(client: httpx.Client | None = None) -> search_console.Brought | None:
    """Bring the last days in; None where there is no key or the service does not answer."""
    if not is_set_up():
        return None
    today = timezone.now().date()
    try:
        with client or httpx.Client(timeout=TIMEOUT) as asked:
            found = list(rows(asked, today - timedelta(days=DAYS), today))
    except (httpx.HTTPError, OSError, ValueError, KeyError) as error:
        log.warning("Search Console did not answer: %s", error)
        return None
    return search_console.store_rows(found)


def rows(client: httpx.Client, first: date, last: date) -> Iterator[search_console.Row]:
    """Every page's days, from first to last."""
    key = json.loads(Path(settings.SEARCH_CONSOLE_KEY).read_text(encoding="utf-8"))
    headers = {"Authorization": f"Bearer {token(client, key)}"}
    address = f"{API}/{quote(settings.SEARCH_CONSOLE_SITE, safe='')}/searchAnalytics/query"
    asked = {
        "startDate": first.isoformat(),
        "endDate": last.isoformat(),
        "dimensions": ["date", "page"],
        "rowLimit": PAGE,
    }
    start = 0
    while True:
        answer = client.post(address, headers=headers, json={**asked, "startRow": start})
        found = answer.raise_for_status().json().get("rows", [])
        yield from map(row, found)
        if len(found) < PAGE:
            return
        start += PAGE


def row(told: dict[str, Any]) -> search_console.Row:
    day, address = told["keys"]
    when = date.fromisoformat(day)
    return search_console.Row(
        path=search_console.path_of(address),
        first=when,
        last=when,
        clicks=int(told["clicks"]),
        impressions=int(told["impressions"]),
        position=float(told["position"]),
    )


def token(client: httpx.Client, key: dict[str, str]) -> str:
    """An access token for an hour, for an assertion that the key has signed."""
    now = int(timezone.now().timestamp())
    claims = {
        "iss": key["client_email"],
        "scope": SCOPE,
        "aud": key["token_uri"],
        "iat": now,
        "exp": now + 3600,
    }
    body = f"{part({'alg': 'RS256', 'typ': 'JWT'})}.{part(claims)}"
    grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    form = {"grant_type": grant, "assertion": f"{body}.{signed(body, key['private_key'])}"}
    answer = client.post(key["token_uri"], data=form)
    found: str = answer.raise_for_status().json()["access_token"]
    return found


def part(value: dict[str, Any]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def signed(body: str, private_key: str) -> str:
    loaded = serialization.load_pem_private_key(private_key.encode(), password=None)
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise ValueError("the key of a service account is an RSA key")  # noqa: TRY004  the file's fault
    return encoded(loaded.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
