"""A download from a real server on this machine, and a resolver that lies."""

import socket
import time

import pytest

from tests.tools.fetch.pages import goes_on
from tools.errors import (
    PrivateAddressError,
    TooManyRedirectsError,
)
from tools.fetch import http as web
from tools.fetch import jobs as fetching


def test_the_other_server_learns_nothing_of_the_visitor(ask, shop, mug_page):
    ask(mug_page)
    list(fetching.fetch_waiting())
    ((_, headers),) = shop.seen
    assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert headers["Host"] == f"127.0.0.1:{shop.server_port}"


def test_redirects_are_followed_three_times_and_looked_at_each_time(shop, mug_page, tmp_path):
    for step in range(4):
        shop.pages[f"/{step}"] = goes_on(f"/{step + 1}" if step < 3 else "/mug.png")
    with (tmp_path / "got").open("wb") as into:
        place = get(f"{shop.url}/1", into)
        assert place.file == "mug.png"
        with pytest.raises(TooManyRedirectsError):
            get(f"{shop.url}/0", into)


def get(address, into, **bounds):
    return web.download_url(
        address, into, **{"most": 10**6, "seconds": 5, "report": print, **bounds}
    )


def test_a_name_is_resolved_once_and_that_very_address_is_asked(
    shop, mug_page, settings, monkeypatch, tmp_path
):
    """A name that is public at the first look and private at the second gets no second look."""
    asked = []

    def getaddrinfo(host, port, *args, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    connected = []
    real = socket.create_connection

    def create_connection(address, **options):
        connected.append(address)
        return real(address, **options)

    settings.FETCH_ALLOWED = {f"shop.example:{shop.server_port}"}
    monkeypatch.setattr(web.addresses.socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(web.socket, "create_connection", create_connection)
    with (tmp_path / "got").open("wb") as into:
        get(f"http://shop.example:{shop.server_port}/mug.png", into)
    assert asked.count("shop.example") == 1
    assert connected == [("127.0.0.1", shop.server_port)]
    # The server still hears the name.
    assert shop.seen[0][1]["Host"] == f"shop.example:{shop.server_port}"


def test_a_public_name_with_a_private_address_is_never_connected_to(monkeypatch, tmp_path):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answer)
    monkeypatch.setattr(web.socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    with (tmp_path / "got").open("wb") as into, pytest.raises(PrivateAddressError):
        get("http://rebound.example/mug.png", into)


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(1000):
        handler.wfile.write(b"\xff\xd8" * 50_000)


def test_a_body_without_a_length_is_cut_at_the_limit(ask, shop, settings, browser):
    settings.PHOTO_MAX_BYTES = 10**6
    shop.pages["/endless"] = endless
    address = ask(f"{shop.url}/endless").json()["url"]
    list(fetching.fetch_waiting())
    assert browser.get(address).json()["error"] == "too-many-bytes"


def drips(handler):
    """A byte now and then, so that no single read ever waits for long."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.02)
    handler.close_connection = True


def test_a_server_that_drips_is_cut_off_when_the_time_is_over(ask, shop, browser, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    shop.pages["/slow"] = drips
    address = ask(f"{shop.url}/slow").json()["url"]
    list(fetching.fetch_waiting())
    assert browser.get(address).json()["error"] == "timed-out"


def test_a_closed_port_is_unreachable(ask, settings, browser):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.FETCH_ALLOWED = {f"127.0.0.1:{port}"}
    address = ask(f"http://127.0.0.1:{port}/").json()["url"]
    list(fetching.fetch_waiting())
    assert browser.get(address).json()["error"] == "unreachable"
