"""Editor benchmark: how soon a visitor sees the next attempt at a running server, asked as the editor asks it."""

import http.client
import io
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tools.definition import registry
from tools.models import Attempt
from tools.pipeline.scenes import registry as scenes
from tools.storage import samples

SAMPLE = "mug-on-paper"
TOOL = "add-background"
SCENES = 12
# So many pixels, at most, are cut from either side.
CUT = 64
PATIENCE = 60
# The worker may still draw the suggestions of the attempt before: a visitor looks at those first.
PAUSE = 1.5
PARTS = ("queue", "compute", "encode", "network")

Times = dict[str, float]


class NoServerError(Exception):
    """Nobody answers at the address."""


class Visit:
    """A new visitor of the server: cookies, and the editor's calls."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> bytes:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            answer = self.send(connection, path, fields)
            data = answer.read()
        except OSError as error:
            raise NoServerError(self.host) from error
        finally:
            connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise NoServerError(f"{path}: {answer.status} {data[:200]!r}")
        return data

    def send(
        self, connection: http.client.HTTPConnection, path: str, fields: dict[str, Any] | None
    ) -> http.client.HTTPResponse:
        known = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": known, "Sec-Fetch-Site": "same-origin", "Accept": "*/*"}
        if fields is not None:
            headers["Content-Type"] = MULTIPART_CONTENT
        body = None if fields is None else encode_multipart(BOUNDARY, fields)
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def events(self) -> Iterator[Any]:
        """Attempts as they are told; a stream that has ended is opened again, as browsers do."""
        while True:
            connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
            name = ""
            for line in self.send(connection, "/events/", None):
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text.removeprefix("event: ")
                elif text.startswith("data: "):
                    yield from told(name, json.loads(text.removeprefix("data: ")))


def told(name: str, data: Any) -> Iterator[Any]:
    if name == "mine":
        yield from (attempt for photo in data["photos"] for attempt in photo["attempts"])
    elif name == "attempt":
        yield data


def measure(*, address: str = "") -> list[dict[str, Any]]:
    """Milliseconds from the click to the first picture in hand and to the result, for second
    attempts with new scenes at a photo of 2 megapixels, and what of them went where. The server is
    one of this very site: when it took an attempt up and gave it back is read from its rows.

    network is all that is not queue, compute or encode: the request, the event, the picture.
    """
    visit = Visit(address or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    photo = json.loads(visit.ask("/photos/", {"file": unseen()}))["id"]
    happened = visit.events()
    start, *others = [scene.slug for scene in scenes.SCENES[:: len(scenes.SCENES) // SCENES]]
    attempt(visit, happened, photo, start)
    found = [attempt(visit, happened, photo, scene) for scene in others]
    return [row for what in ("first look", "result") for row in medians(what, found)]


def medians(what: str, found: Sequence[Mapping[str, Times]]) -> Iterator[dict[str, Any]]:
    times = [each[what] for each in found]
    total = round(median(time["total"] for time in times))
    yield {"until": what, "what": "total", "median ms": total}
    for part in PARTS:
        share = median(time[part] / time["total"] for time in times)
        took = round(median(time[part] for time in times))
        yield {"until": what, "what": part, "median ms": took, "share": round(share, 3)}


def unseen() -> SimpleUploadedFile:
    """The sample in a size that no photo has had: scenes are kept by size, and none is kept for it."""
    with Image.open(samples.FOLDER / f"{SAMPLE}.jpg") as picture:
        width, height = (side - secrets.randbelow(CUT) for side in picture.size)
        packed = io.BytesIO()
        picture.crop((0, 0, width, height)).save(packed, "JPEG", quality=92)
    return SimpleUploadedFile("mug.jpg", packed.getvalue(), "image/jpeg")


def attempt(visit: Visit, happened: Iterator[Any], photo: str, scene: str) -> dict[str, Times]:
    time.sleep(PAUSE)
    begun = time.perf_counter()
    asked = {"photo": photo, "tool": registry.get_tool(TOOL).slug, "scene": scene}
    made = json.loads(visit.ask("/attempts/", asked))["id"]
    seen: dict[str, float] = {}
    for row in happened:
        if row["id"] != made:
            continue
        if (picture := row["look"] or row["preview"]) and picture not in seen:
            visit.ask(picture)
            seen[picture] = 1000 * (time.perf_counter() - begun)
        if row["status"] not in Attempt.OPEN:
            break
    if not row["preview"]:
        raise NoServerError(row["words"])
    return times(Attempt.objects.get(pk=made), *seen.values())


def times(row: Attempt, first: float, last: float | None = None) -> dict[str, Times]:
    """What went where; without a look the result is the first that is seen."""
    queue = milliseconds(row.created, row.started)
    encode = 1000 * row.facts["encoding"]
    compute = milliseconds(row.started, row.finished) - encode
    whole = parts(first if last is None else last, queue, compute, encode)
    if last is None:
        return {"first look": whole, "result": whole}
    look = row.facts["look"]
    early = parts(first, queue, 1000 * look["seconds"], 1000 * look["encoding"])
    return {"first look": early, "result": whole}


def parts(total: float, queue: float, compute: float, encode: float) -> Times:
    rest = total - queue - compute - encode
    return {"total": total, "queue": queue, "compute": compute, "encode": encode, "network": rest}


def milliseconds(start: Any, end: Any) -> float:
    return float((end - start).total_seconds() * 1000)
