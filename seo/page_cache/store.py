"""Page cache: public pages are kept as they were made, until what they show changes.

They are the same for everybody: no cookie is read or set on them, so one copy serves all. A copy
belongs to the edition under which it was made; asking for the edition is the only query then.
Where the edition was just asked for, `seo.page_cache.asgi` answers without even that.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]
Headers = Sequence[tuple[bytes, bytes]]
MOST_BYTES = 48 * 2**20
ABOUT_IT = 4000  # bytes that a copy takes beside its content: headers, address, objects
# For so many seconds after a look at the edition its copies are taken to be true, where there is no
# time for another look: that long a change by another process may stay unseen.
TRUSTED = 0.1
# A page is asked for again, and answered with 304 while it is the same.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
NOW = """
SELECT (SELECT stamp FROM seo_edition WHERE id = 1),
       (SELECT MAX(publish_at) FROM seo_version WHERE publish_at <= %s)
"""


@dataclass(frozen=True)
class Copy:
    # What nearly everybody asks for; who cannot unpack it has it unpacked.
    packed: bytes
    tag: str
    content_type: str
    # The answers that were given with it, by `form`: status and headers as they were sent.
    sent: dict[str, tuple[int, Headers]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.packed) + ABOUT_IT

    def form(self, tags: str, encodings: str) -> str:
        """How it goes to who has what stands in If-None-Match, and takes these encodings."""
        if self.tag in tags.replace("W/", ""):
            return "none"
        return "packed" if "gzip" in encodings else "body"

    def content(self, form: str) -> bytes:
        if form == "none":
            return b""
        return self.packed if form == "packed" else gzip.decompress(self.packed)


class Shelf:
    """Copies of one edition, the least asked for given up first."""

    def __init__(self) -> None:
        self.edition = ""
        self.copies: OrderedDict[str, Copy] = OrderedDict()
        self.size = 0
        self.lock = Lock()
        # By the monotonic clock: when the edition was last known to be this one, and when it was
        # turned here.
        self.known = self.turned = 0.0

    def get(self, edition: str, key: str) -> Copy | None:
        with self.lock:
            if edition != self.edition or key not in self.copies:
                return None
            self.copies.move_to_end(key)
            return self.copies[key]

    def is_of(self, edition: str, asked: float) -> bool:
        """Whether these copies are of an edition that was asked for at that time."""
        with self.lock:
            found = edition == self.edition and asked > self.turned
            self.known = asked if found else 0.0
            return found

    def is_trusted(self) -> bool:
        """Whether the copies may be used without a look at the edition."""
        return self.known > max(self.turned, time.monotonic() - TRUSTED)

    def touch(self, key: str) -> None:
        """Somebody was given this one."""
        with self.lock:
            if key in self.copies:
                self.copies.move_to_end(key)

    def distrust(self) -> None:
        """This process has turned the edition."""
        with self.lock:
            self.turned = time.monotonic()

    def clear(self) -> None:
        with self.lock:
            self.edition, self.size, self.known = "", 0, 0.0
            self.copies.clear()

    def put(self, edition: str, key: str, copy: Copy) -> None:
        with self.lock:
            if edition != self.edition:
                self.edition, self.size, self.known = edition, 0, 0.0
                self.copies.clear()
            if key not in self.copies:
                self.size += copy.size
                self.copies[key] = copy
            while self.size > MOST_BYTES:
                self.size -= self.copies.popitem(last=False)[1].size


SHELF = Shelf()


def edition() -> str:
    """Another text whenever a public page may show something else; empty before the first row."""
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(NOW, [now])
        stamp, published = cursor.fetchone()
    return f"{stamp} {published}" if stamp else ""


def kept(get_response: Answer) -> Answer:
    """Answer from the copies; keep the answer of a view that says it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
            return get_response(request)
        key = f"{request.scheme}://{request.get_host()}{request.path}"
        if key not in SHELF.copies:
            return made(request, key, get_response)
        copy = SHELF.get(edition(), key)
        return answered(request, copy) if copy else made(request, key, get_response)

    return middleware


def made(request: HttpRequest, key: str, get_response: Answer) -> HttpResponseBase:
    path = request.path_info
    response = get_response(request)
    if not isinstance(response, HttpResponse) or not hasattr(response, "of_edition"):
        return response
    if request.path_info != path:  # answered in the language of whoever asked
        return response
    body = response.content
    copy = Copy(
        packed=gzip.compress(body, 6, mtime=0),
        tag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        content_type=response["Content-Type"],
    )
    if response.of_edition:
        SHELF.put(response.of_edition, key, copy)
    return answered(request, copy)


def answered(request: HttpRequest, copy: Copy) -> HttpResponse:
    """The copy, packed for whoever unpacks, or 304 for whoever has it."""
    headers = request.headers
    form = copy.form(headers.get("If-None-Match", ""), headers.get("Accept-Encoding", ""))
    response = HttpResponse(copy.content(form), content_type=copy.content_type)
    if form == "none":
        response.status_code = HTTPStatus.NOT_MODIFIED
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Length"] = str(len(response.content))
    if form == "packed":
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = copy.tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def may_be_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views whose answer depends on nothing but the address and the edition."""

    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        found = edition()  # before the view looks, so that a change meanwhile is not missed
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK and not response.cookies:
            response.of_edition = found  # type: ignore[attr-defined]  # told to `kept`
        return response

    return keeping
