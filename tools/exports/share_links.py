"""Share links, which show one result to anybody who has them, until their time is over."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from tools.errors import NotFinishedError, ShareEndedError
from tools.exports import files
from tools.models import Attempt, Export, Job, ShareLink
from tools.pricing import paid_work

# What whoever has the link downloads.
FORMAT = {"format": "png"}
# A salt is never renamed: links that were sent lead on.
signer = signing.Signer(salt="tools.links", sep=".")


def share_attempt(attempt: Attempt, *, download: bool, hours: int | None = None) -> ShareLink:
    """The attempt's link: the one there is, or one that lives as long as the photo at most.

    What may be downloaded is made now, so that a stranger's look costs nothing. Raises
    NotFinishedError while there is no result.
    """
    if attempt.status != Job.Status.DONE:
        raise NotFinishedError
    now, dies = timezone.now(), attempt.photo.expires
    expires = dies if hours is None else min(dies, now + timedelta(hours=hours))
    with transaction.atomic():
        ShareLink.objects.filter(attempt=attempt, expires__lte=now).delete()
        link, made = ShareLink.objects.get_or_create(
            attempt=attempt, defaults={"expires": expires, "download": download}
        )
        if not made:
            # The time that is written in an address cannot be changed any more.
            ShareLink.objects.filter(pk=link.pk).update(download=download)
            link.download = download
        tell(attempt)
    if download:
        files.start_export(attempt, files.parse_options(FORMAT))
    return link


def revoke_link(attempt: Attempt) -> None:
    """Its address shows nothing from now on; a link made later has another."""
    ShareLink.objects.filter(attempt=attempt).delete()
    tell(attempt)


def tell(attempt: Attempt) -> None:
    """Have the visitor's open pages show how it stands with the link."""
    Attempt.objects.filter(pk=attempt.pk).update(changed=timezone.now())


def link_of_attempt(attempt: Attempt) -> ShareLink | None:
    """The attempt's link, if it has one that still leads somewhere."""
    link: ShareLink | None = getattr(attempt, "link", None)
    return link if link and link.expires > timezone.now() else None


def sign_token(link: ShareLink) -> str:
    return signer.sign(f"{link.pk.hex}-{int(link.expires.timestamp()):x}")


def find_link(given: str) -> ShareLink:
    """The link of a token. Raises ShareEndedError when it is forged, over, revoked or dead."""
    now = timezone.now()
    try:
        name, _, until = signer.unsign(given).partition("-")
        if datetime.fromtimestamp(int(until, 16), tz=now.tzinfo) <= now:
            raise ShareEndedError
    except signing.BadSignature:
        raise ShareEndedError from None
    links = ShareLink.objects.select_related("attempt__photo").filter(
        pk=UUID(name), expires__gt=now, attempt__photo__expires__gt=now
    )
    if (link := links.first()) is None:
        raise ShareEndedError
    link.download = link.download and not paid_work.given_back([link.attempt])
    return link


def find_shared_file(link: ShareLink) -> Export | None:
    """What may be downloaded, once it is made."""
    if not link.download:
        return None
    options = files.parse_options(FORMAT)
    return link.attempt.exports.filter(status=Job.Status.DONE, wish=files.wish(options)).first()
