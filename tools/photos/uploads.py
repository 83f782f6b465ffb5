"""Uploads as they come in, by the web process: it reads a header and decodes nothing."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import Visitor
from foundation.messages import send_on_commit
from tools.errors import FetchingIsOffError, TooManyFetchesError
from tools.fetch import addresses
from tools.models import Fetch, Job, Photo
from tools.photos.retention import delete_photo_and_files
from tools.pipeline.intake import header
from tools.queue import messages, open_limits
from tools.storage import files, samples, upload_limits


def receive_upload(
    visitor: Visitor,
    file: File[bytes],
    *,
    name: str,
    declared_type: str = "",
    sample: str = "",
    is_background: bool = False,
    is_announced: bool = True,
) -> Photo:
    """Keep the upload and have a worker read it; one that is not announced is read by whoever does
    the job that needs it.

    Raises a RefusedError for all that the header tells, DiskFullError when there is no room; then
    nothing is stored.
    """
    limits = upload_limits.photo_limits()
    head = header.read_header(file, name=name, declared_type=declared_type, limits=limits)  # type: ignore[arg-type]  # Django's File is a stream
    now = timezone.now()
    photo = Photo(
        visitor=visitor,
        name=clean_name(name),
        sample=sample,
        declared_type=declared_type[:100],
        is_background=is_background,
        format=head.format,
        width=head.width,
        height=head.height,
        created=now,
        expires=now + timedelta(hours=settings.PHOTO_HOURS),
    )
    photo.incoming = files.incoming_path(photo.pk)
    files.write_file(photo.incoming, file)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            if is_announced:
                send_on_commit(messages.READ_PHOTO, str(photo.pk))
    except BaseException:
        files.remove_files([photo.incoming])
        raise
    return photo


def clean_name(name: str) -> str:
    """What a page can show and a database keep: the end of it, without control characters."""
    return "".join(letter for letter in name if letter.isprintable())[-255:]


def receive_sample(visitor: Visitor, name: str) -> Photo:
    """A photo of the visitor's made from one of ours."""
    sample = samples.get_sample(name)
    with sample.path.open("rb") as file:
        return receive_upload(visitor, File(file), name=sample.file, sample=sample.name)


def receive_from(visitor: Visitor, address: str) -> Photo:
    """A photo of the visitor's that is fetched from the web; it waits for its bytes as received.

    Raises FetchingIsOffError, TooManyFetchesError, and BadAddressError or PrivateAddressError for
    what the address alone tells; then nothing is stored.
    """
    if not settings.FETCH:
        raise FetchingIsOffError
    place = addresses.parse_address(address)
    waiting = Fetch.objects.filter(photo__visitor=visitor, status__in=Job.OPEN)
    if waiting.count() >= open_limits.FETCHES:
        raise TooManyFetchesError
    now = timezone.now()
    expires = now + timedelta(hours=settings.PHOTO_HOURS)
    with transaction.atomic():
        photo = Photo.objects.create(
            visitor=visitor, name=clean_name(place.file), created=now, expires=expires
        )
        Fetch.objects.create(photo=photo, address=address.strip())
        send_on_commit(messages.FETCH_PHOTOS, expires=messages.SECONDS)
    return photo


def find_photo(visitor: Visitor | None, photo_id: Any) -> Photo | None:
    """The visitor's photo of that id, unless it is dead or another's."""
    if visitor is None:
        return None
    mine = Photo.objects.filter(visitor__in=same_person(visitor))
    return mine.filter(pk=photo_id, expires__gt=timezone.now()).first()


def same_person(visitor: Visitor) -> Any:
    """All the browsers of whoever is signed in here; else just this one."""
    if visitor.user_id is None:
        return [visitor.pk]
    return Visitor.objects.filter(user_id=visitor.user_id).values("pk")


def list_photos(visitor: Visitor | None) -> list[Photo]:
    """The visitor's photos, the newest first."""
    if visitor is None:
        return []
    mine = Photo.objects.filter(visitor__in=same_person(visitor), expires__gt=timezone.now())
    return list(mine.order_by("-created")[:50])


def delete_photo(photo: Photo) -> None:
    """Delete the photo now, with all that was made from it."""
    delete_photo_and_files(photo)
