"""Source links: whether something answers at the addresses that pages name as sources.

They are asked by a worker, through the door that also fetches visitors' photos: no address of our
own network, few redirects, little time.
"""

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from seo.desk.models import SourceLink
from seo.models import Version
from tools.errors import ToolsError
from tools.fetch import http
from tools.pipeline.intake.errors import TooManyBytesError

# Enough to see that something comes; the rest of a page is not fetched.
MOST_BYTES = 64 * 1024
SECONDS = 15.0
AGAIN = timedelta(days=7)
AT_ONCE = 50
LONGEST = 500


def named(versions: Iterable[Version]) -> set[str]:
    """The sources of the versions' facts."""
    facts = (fact for version in versions for fact in version.facts)
    return {str(fact.get("source", "")).strip() for fact in facts} - {""}


def remember_links(versions: Iterable[Version]) -> bool:
    """Write the sources down; whether there are any that nobody has looked at of late."""
    found = [address for address in named(versions) if len(address) <= LONGEST]
    SourceLink.objects.bulk_create(
        [SourceLink(address=address) for address in found], ignore_conflicts=True
    )
    return settings.FETCH and due().filter(address__in=found).exists()


def due() -> QuerySet[SourceLink]:
    return SourceLink.objects.filter(Q(checked=None) | Q(checked__lt=timezone.now() - AGAIN))


def check_links() -> None:
    """Ask the addresses whose turn it is."""
    for link in due().order_by("checked")[:AT_ONCE]:
        SourceLink.objects.filter(pk=link.pk).update(
            trouble=trouble(link.address), checked=timezone.now()
        )


def trouble(address: str) -> str:
    """What is wrong with an address; empty when something comes."""
    try:
        http.download_url(
            address, BytesIO(), most=MOST_BYTES, seconds=SECONDS, report=lambda _: None
        )
    except TooManyBytesError:
        return ""
    except ToolsError as error:
        return error.id
    return ""
