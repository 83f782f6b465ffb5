"""The body of a request: the same fields from a form, from JSON, or with files beside them.

Django's own reading stops a form at a few megabytes, and counts what is written into it as text; here a
whole picture may be such a text. So it is read whole, up to one limit, and taken apart in memory.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from tools.web.removebg.refusals import OF_PHOTO, RefusedCallError

# 22 MB in base64, percent-encoded, and what stands beside it.
MOST_BYTES = 48 * 2**20
MOST_FIELDS = 200


@dataclass
class Body:
    """Fields as text and files as bytes; what was sent empty is not in it."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        if value and name not in self.fields:
            self.fields[name] = value

    def fingerprint(self) -> str:
        """A hash of all that was sent; the boundary between parts is not in it."""
        parts = sorted(
            [[name, value] for name, value in self.fields.items()]
            + [[name, sha256(data).hexdigest(), "file"] for name, data in self.files.items()]
        )
        return sha256(json.dumps(parts).encode()).hexdigest()


def read_body(request: HttpRequest) -> Body:
    """Raises RefusedCallError for more than anybody needs to send."""
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        code, detail = OF_PHOTO["too-many-bytes"]
        raise RefusedCallError(code, detail=detail)
    kind, options = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    body = Body()
    if kind == "multipart/form-data":
        read_parts(body, data, options.get("boundary", "").encode("latin-1", "replace"))
    elif kind == "application/json":
        read_json(body, data)
    else:
        read_form(body, data)
    return body


def read_form(body: Body, data: bytes) -> None:
    try:
        pairs = parse_qsl(data.decode("ascii", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        raise RefusedCallError("missing_source", detail=NAMES_OF_SOURCES) from None
    for name, value in pairs:
        body.add(name, value)


def read_json(body: Body, data: bytes) -> None:
    try:
        sent = json.loads(data or b"{}")
    except ValueError:
        sent = {}
    for name, value in sent.items() if isinstance(sent, dict) else ():
        if isinstance(value, dict):
            for key, inner in value.items():
                body.add(f"{name}[{key}]", as_text(inner))
        else:
            body.add(name, as_text(value))


def as_text(value: Any) -> str:
    """A JSON value as a form has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def read_parts(body: Body, data: bytes, boundary: bytes) -> None:
    """The parts of a multipart body. A part's own Content-Length and encoding say nothing more."""
    if not boundary:
        return
    # The first is what stands before them, and the one that begins with -- is the end.
    for part in (b"\r\n" + data).split(b"\r\n--" + boundary)[1 : MOST_FIELDS + 1]:
        if part.startswith(b"--"):
            break
        head, blank, content = part.partition(b"\r\n\r\n")
        if blank:
            read_part(body, head.decode("utf-8", "replace"), content)


def read_part(body: Body, head: str, content: bytes) -> None:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() != "content-disposition":
            continue
        options = parse_header_parameters(value.strip())[1]
        called = options.get("name", "")
        # Some programs send a picture without a name for its file.
        if "filename" in options or called in FILE_FIELDS:
            if content:
                body.files.setdefault(called, content)
        else:
            body.add(called, content.decode("utf-8", "replace"))


FILE_FIELDS = {"image_file", "bg_image_file"}
NAMES_OF_SOURCES = (
    "Please provide the source image in the image_url, image_file or image_file_b64 parameter."
)


def decode_base64(text: str) -> bytes:
    """The picture in a field; with or without the prefix of a data URL. Raises RefusedCallError."""
    if text.startswith("data:"):
        text = text.partition(",")[2]
    # In a form that was not encoded, each plus has become a space.
    plain = text.replace(" ", "+").encode("ascii", "replace")
    try:
        data = base64.b64decode(plain, validate=False)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        raise RefusedCallError("failed_to_read_image")
    return data
