"""IndexNow: tells search engines which addresses have changed, https://www.indexnow.org/documentation."""

import json
import urllib.request
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from seo.models import KeywordPage
from seo.page_cache.edition import Edition

ENDPOINT = "https://api.indexnow.org/indexnow"
MOST = 10_000
SECONDS = 10


def own_key() -> str:
    """Proves that who tells of the site can write to it: it is read at the root."""
    return salted_hmac("seo.indexnow", "key").hexdigest()[:32]


def key_file(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001  Django's signature
    if not constant_time_compare(key, own_key()):
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


def submit_changes() -> int:
    """Send the addresses that came, changed or went since the last time; return how many.

    Only with a public address: nobody could visit another. Raises OSError when nobody takes
    them; then all of them are told the next time.
    """
    if not settings.ORIGIN or not settings.INDEXNOW:
        return 0
    now = timezone.now()
    edition, _ = Edition.objects.get_or_create(pk=1)
    changed = since(edition.told or datetime.min.replace(tzinfo=UTC), now)
    if changed:
        send([settings.ORIGIN + page.get_absolute_url() for page in changed])
    Edition.objects.filter(pk=1).update(told=now)
    return len(changed)


def since(last: datetime, now: datetime) -> list[KeywordPage]:
    """Pages with something to be seen at their address that was not to be seen then."""
    came = Q(versions__publish_at__gt=last, versions__publish_at__lte=now)
    changed = Q(versions__publish_at__lte=now, versions__updated__gt=last)
    went = Q(removed__gt=last)
    return list(KeywordPage.objects.filter(came | changed | went).distinct()[:MOST])


def send(urls: list[str]) -> None:
    said = {
        "host": urlsplit(settings.ORIGIN).netloc,
        "key": own_key(),
        "keyLocation": f"{settings.ORIGIN}/{own_key()}.txt",
        "urlList": urls,
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(ENDPOINT, json.dumps(said).encode(), headers)
    with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  as above
        pass
