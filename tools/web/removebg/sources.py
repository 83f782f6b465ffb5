"""The pictures of a call: exactly one to work on, at most one to put behind it."""

import io
from dataclasses import dataclass

from django.core.files.base import ContentFile

from accounts.models import Visitor
from tools.errors import ToolsError, TooManyFetchesError
from tools.models import Photo
from tools.photos import uploads
from tools.pipeline.intake import header
from tools.pipeline.intake.errors import DamagedError, RefusedError, TruncatedError
from tools.pipeline.intake.limits import Limits
from tools.web.removebg import waiting
from tools.web.removebg.body import NAMES_OF_SOURCES, Body, decode_base64
from tools.web.removebg.refusals import RefusedCallError, refuse_background, refuse_photo

MOST_PIXELS = 50_000_000
# Twenty-two of the larger megabytes, which takes in the smaller. Who sends too many pixels is told
# how many they were, so they are counted here.
LIMITS = Limits(bytes=22 * 2**20, pixels=10**10, bomb_pixels=10**10)


@dataclass(frozen=True)
class Source:
    """A picture's bytes, or where on the web it is."""

    data: bytes = b""
    address: str = ""


def find_source(body: Body) -> Source:
    """The one picture to work on. Raises RefusedCallError for none, or for several."""
    text, address = body.fields.get("image_file_b64", ""), body.fields.get("image_url", "").strip()
    file = body.files.get("image_file", b"")
    given = [bool(file), bool(text), bool(address)]
    if sum(given) == 0:
        raise RefusedCallError("missing_source", detail=NAMES_OF_SOURCES)
    if sum(given) > 1:
        raise RefusedCallError("multiple_sources")
    return Source(data=file or (decode_base64(text) if text else b""), address=address)


def find_behind(body: Body) -> Source | None:
    """The picture to put behind it. Raises RefusedCallError for more than one background."""
    address, file = (
        body.fields.get("bg_image_url", "").strip(),
        body.files.get("bg_image_file", b""),
    )
    if sum(map(bool, (address, file, body.fields.get("bg_color", "").strip()))) > 1:
        raise RefusedCallError("multiple_bg_sources")
    return Source(data=file, address=address) if address or file else None


def read_header(data: bytes) -> header.Header:
    """What the file says of itself. Raises RefusedCallError."""
    try:
        head = header.read_header(io.BytesIO(data), limits=LIMITS)
    except (TruncatedError, DamagedError):
        raise RefusedCallError("invalid_dimensions") from None
    except RefusedError as error:
        raise refuse_photo(error.id) from None
    if head.width * head.height > MOST_PIXELS:
        said = f"The image has {head.megapixels:.1f} megapixels; it may have at most 50."
        raise RefusedCallError("resolution_too_high", detail=said)
    return head


def store_photo(visitor: Visitor, data: bytes, *, is_background: bool = False) -> Photo:
    """A photo of the key's, read by whoever does the job. Raises RefusedCallError."""
    try:
        return uploads.receive_upload(
            visitor,
            ContentFile(data),
            name="api",
            is_background=is_background,
            is_announced=False,
        )
    except RefusedError as error:
        raise refuse_photo(error.id) from None


def fetch_photo(
    visitor: Visitor, address: str, deadline: waiting.Deadline, *, is_background: bool = False
) -> Photo:
    """A photo from the web, as soon as its bytes are here. Raises RefusedCallError."""
    refuse = refuse_background if is_background else refuse_photo
    try:
        photo = uploads.receive_from(visitor, address)
    except TooManyFetchesError:
        raise waiting.not_ready() from None
    except ToolsError as error:
        raise refuse(error.id) from None
    if not deadline.wait_until(lambda: is_here(photo)):
        raise waiting.not_ready()
    if photo.state == Photo.State.REFUSED:
        if is_background:
            raise refuse_background(photo.error)
        raise refuse_photo(photo.error, photo.error_facts)
    return photo


def is_here(photo: Photo) -> bool:
    photo.refresh_from_db(fields=["state", "width", "height", "error", "error_facts"])
    return photo.state == Photo.State.REFUSED or photo.width > 0


def find_photo_behind(
    visitor: Visitor, source: Source | None, deadline: waiting.Deadline
) -> Photo | None:
    if source is None:
        return None
    if source.address:
        return fetch_photo(visitor, source.address, deadline, is_background=True)
    read_header(source.data)
    return store_photo(visitor, source.data, is_background=True)
