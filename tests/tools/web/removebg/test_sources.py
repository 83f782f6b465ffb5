"""Contract 1.2: sources and limits (checks 15–33)."""

import base64
import io
import json
import struct
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote

import numpy as np
import pytest
from django.core.handlers.asgi import ASGIRequest
from PIL import Image

from tools.web.removebg import views

FORM = "application/x-www-form-urlencoded"
EMPTY = [
    "type_level",
    "roi",
    "crop",
    "crop_margin",
    "scale",
    "position",
    "add_shadow",
    "semitransparency",
    "bg_color",
]


@pytest.fixture
def shop(settings, person):
    """A web server with one picture at /person.jpg."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/person.jpg" else 404)
            self.end_headers()
            self.wfile.write(person if self.path == "/person.jpg" else b"")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.FETCH_ALLOWED = {f"127.0.0.1:{server.server_port}"}
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def multipart(*parts):
    """A body of parts, each its head and its content."""
    lines = b"".join(
        b"--edge\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in parts
    )
    return lines + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def png_header(width, height):
    """A PNG that says it is so large, and holds nothing to speak of."""

    def chunk(kind, data):
        said = struct.pack(">I", len(data)) + kind + data
        return said + struct.pack(">I", zlib.crc32(kind + data))

    shape = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", shape) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    )


def heavy_jpeg(person, size):
    """The same picture in so many bytes: with comments, which every reader skips."""
    comment = b"\xff\xfe\xff\xff" + bytes(65533)
    room = size - len(person)
    many = room // len(comment)
    rest = room - many * len(comment)
    last = b"\xff\xfe" + struct.pack(">H", rest - 2) + bytes(rest - 4) if rest > 4 else b""
    return person[:2] + comment * many + last + person[2:]


def test_015_no_source_names_the_three_parameters(call):
    answer = call(size="auto")
    assert (answer.status, answer.code, answer.title) == (400, "missing_source", "No image given")
    assert all(name in answer.detail for name in ("image_url", "image_file", "image_file_b64"))


def test_016_two_sources_are_refused(call, person):
    answer = call(image_file=person, image_url="https://example.com/a.jpg")
    assert (answer.status, answer.code) == (400, "multiple_sources")


def test_017_an_empty_source_counts_as_not_given(call, send, shop, person):
    assert call(image_file=person, image_url="").status == 200
    empty = 'Content-Disposition: form-data; name="image_file"; filename=""'
    address = 'Content-Disposition: form-data; name="image_url"'
    body, kind = multipart((empty, b""), (address, f"{shop}/person.jpg".encode()))
    assert send(body, kind).status == 200


def test_018_every_other_field_may_be_there_and_empty(answer_to):
    answer = answer_to(**dict.fromkeys(EMPTY, ""))
    assert (answer.status, answer.data) == (200, answer_to().data)


def test_019_unknown_fields_are_ignored(answer_to):
    answer = answer_to(foo="bar", api_key="x", shadow_method="latest")
    assert (answer.status, answer.data) == (200, answer_to().data)


def test_020_base64_works_in_every_kind_of_body(send, call, person, answer_to):
    text = base64.b64encode(person).decode()
    answers = [
        call(image_file_b64=text),
        call(image_file_b64=f"data:image/jpeg;base64,{text}"),
        send(f"image_file_b64={quote(text, safe='')}", FORM),
        send({"image_file_b64": text}, "application/json"),
    ]
    assert {(answer.status, answer.data) for answer in answers} == {(200, answer_to().data)}


def test_021_ten_megabytes_in_a_form_field_are_taken(send, person):
    heavy = heavy_jpeg(person, 10 * 10**6)
    body = f"image_file_b64={quote(base64.b64encode(heavy).decode(), safe='')}"
    assert len(body) > 13 * 10**6
    assert send(body, FORM).status == 200


def test_022_json_without_a_length_is_read_to_its_end(secret, person, answer_to):
    """As it comes over ASGI from a client that sends it in chunks."""
    body = json.dumps({"image_file_b64": base64.b64encode(person).decode(), "size": "preview"})
    headers = {
        "x-api-key": secret,
        "content-type": "application/json",
        "transfer-encoding": "chunked",
    }
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1.0/removebg",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    request = ASGIRequest(scope, io.BytesIO(body.encode()))
    assert "CONTENT_LENGTH" not in request.META
    answer = views.remove_background(request)
    assert (answer.status_code, answer.content) == (200, answer_to().data)


def test_023_what_a_file_is_called_says_nothing(send, person):
    for named in ('"photo.png"', '"blob"', '"image_file"'):
        head = f'Content-Disposition: form-data; name="image_file"; filename={named}'
        for more in ("", "\r\nContent-Type: image/png"):
            assert send(*multipart((head + more, person))).status == 200
    bare = 'Content-Disposition: form-data; name="image_file"'
    assert send(*multipart((bare, person))).status == 200


def test_024_a_part_may_say_its_length_and_come_last(send, person, answer_to):
    size = 'Content-Disposition: form-data; name="size"\r\nContent-Length: 7', b"preview"
    file = (
        'Content-Disposition: form-data; name="image_file"; filename="a.jpg"\r\n'
        f"Content-Length: {len(person)}\r\nContent-Type: image/jpeg\r\n"
        "Content-Transfer-Encoding: binary"
    )
    assert send(*multipart(size, (file, person))).data == answer_to().data


def test_025_an_address_without_a_picture_says_its_status(call, shop):
    answer = call(image_url=f"{shop}/none.jpg")
    assert (answer.status, answer.code) == (400, "failed_image_download")
    assert answer.title.startswith("Failed to download")
    assert answer.title.endswith("HTTP Status 404")


def test_026_no_address_is_refused(call):
    answer = call(image_url="not a url")
    assert (answer.status, answer.code) == (400, "invalid_image_url")


def test_027_22_megabytes_are_taken_and_23_are_not(call, person):
    assert call(image_file=heavy_jpeg(person, 21_900_000)).status == 200
    answer = call(image_file=heavy_jpeg(person, 23_100_000))
    assert (answer.status, answer.code) == (400, "file_too_large")
    assert answer.title == "File too large"
    assert "22 MB" in answer.detail


def test_028_51_megapixels_are_refused_with_both_numbers(call):
    answer = call(image_file=png_header(8500, 6000))
    assert (answer.status, answer.code) == (400, "resolution_too_high")
    assert "50" in answer.detail
    assert "51" in answer.detail


def test_029_webp_is_read(call, person):
    out = io.BytesIO()
    Image.open(io.BytesIO(person)).save(out, "WEBP")
    assert call(image_file=out.getvalue()).status == 200


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + bytes(200), bytes(4) + b"ftypmp42" + bytes(200)])
def test_030_a_document_or_a_film_is_no_picture(call, data):
    answer = call(image_file=data)
    assert (answer.status, answer.code) == (400, "invalid_file_type")
    assert answer.title == "Invalid file type"
    assert "xpected" in answer.detail
    assert "eceived" in answer.detail


def test_031_a_broken_picture_is_said_to_be_one(call, person):
    broken = {call(image_file=person[:400]).code, call(image_file=png_header(400, 300)).code}
    assert broken <= {"failed_to_read_image", "invalid_dimensions"}


def test_032_a_picture_without_a_subject_costs_nothing(call, account):
    plain = io.BytesIO()
    Image.fromarray(np.full((120, 160, 3), 200, np.uint8)).save(plain, "PNG")
    answer = call(image_file=plain.getvalue(), size="full")
    assert (answer.status, answer.code) == (400, "unknown_foreground")
    assert "foreground" in answer.title
    account.refresh_from_db()
    assert (account.available, account.held) == (100, 0)


def test_033_detail_is_only_where_the_contract_has_it(call, person):
    assert call().detail
    for fields in ({"format": "gif"}, {"size": "huge"}, {"bg_color": "nothing"}):
        assert "detail" not in call(image_file=person, **fields).json["errors"][0]
