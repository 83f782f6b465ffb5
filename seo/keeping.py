"""Public pages are kept as they were made, until what they show changes.

They are the same for everybody: no cookie is read or set on them, so one copy serves all. A copy
belongs to the edition under which it was made; asking for the edition is the only query then.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]
MOST_BYTES = 48 * 2**20
# A page is asked for again, and answered with 304 while it is the same.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
NOW = """
SELECT (SELECT stamp FROM seo_edition WHERE id = 1),
       (SELECT MAX(publish_at) FROM seo_version WHERE publish_at <= %s)
"""


@dataclass(frozen=True)
class Copy:
    body: bytes
    packed: bytes
    tag: str
    content_type: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


class Shelf:
    """Copies of one edition, the least asked for given up first."""

    def __init__(self) -> None:
        self.edition = ""
        self.copies: OrderedDict[str, Copy] = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def get(self, edition: str, key: str) -> Copy | None:
        with self.lock:
            if edition != self.edition or key not in self.copies:
                return None
            self.copies.move_to_end(key)
            return self.copies[key]

    def clear(self) -> None:
        with self.lock:
            self.edition, self.size = "", 0
            self.copies.clear()

    def put(self, edition: str, key: str, copy: Copy) -> None:
        with self.lock:
            if edition != self.edition:
                self.edition, self.size = edition, 0
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
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
        tag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        content_type=response["Content-Type"],
    )
    if response.of_edition:
        SHELF.put(response.of_edition, key, copy)
    return answered(request, copy)


def answered(request: HttpRequest, copy: Copy) -> HttpResponse:
    """The copy, packed for whoever unpacks, or 304 for whoever has it."""
    tags = request.headers.get("If-None-Match", "")
    if copy.tag in tags.replace("W/", ""):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(copy.packed, content_type=copy.content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(copy.body, content_type=copy.content_type)
    if response.content:
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = copy.tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def may_be_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views whose answer depends on nothing but the address and the edition."""

    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        found = edition()  # before the view looks, so that a change meanwhile is not missed
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:  # noqa: PLR2004  plain OK
            response.of_edition = found  # type: ignore[attr-defined]  # told to `kept`
        return response

    return keeping
