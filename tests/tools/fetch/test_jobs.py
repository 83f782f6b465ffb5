"""Photos by their address: a real server on this machine, and a resolver that lies."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from accounts.models import Visitor
from tools.attempts import lifecycle
from tools.errors import (
    FetchingIsOffError,
    NotFetchedError,
    PrivateAddressError,
    TooManyFetchesError,
    TooManyRedirectsError,
)
from tools.fetch import http as web
from tools.fetch import jobs as fetching
from tools.models import Fetch, Job, Photo
from tools.photos import uploads
from tools.queue import leases
from tools.rendering import ingest
from tools.storage import files
from tools.workers import reaper


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        self.server.pages[self.path.partition("?")[0]](self)

    def log_message(self, *args):
        """Say nothing."""


def sends(body, *, status=200, length=None, **headers):
    def page(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = length is not None

    return page


def goes_on(to):
    return sends(b"", status=302, Location=to)


@pytest.fixture
def shop(settings):
    """A web server that the operator allows; its pages by path, and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.pages, server.seen = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_ALLOWED = {f"127.0.0.1:{server.server_port}"}
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def mug_page(shop, mug, as_file):
    shop.pages["/mug.png"] = sends(as_file(mug), **{"Content-Type": "image/png"})
    return f"{shop.url}/mug.png"


@pytest.fixture
def ask(browser):
    return lambda address: browser.post("/photos/", {"url": address})


def fetch_all():
    return list(fetching.fetch_waiting())


def test_a_photo_comes_from_the_web_beside_the_request(browser, ask, shop, mug_page):
    answer = ask(mug_page)
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["share"]) == ("received", 0)
    assert not shop.seen
    (photo_id,) = fetch_all()
    ingest.ingest_photo(photo_id)
    shown = browser.get(answer.json()["url"]).json()
    assert (shown["state"], shown["name"], shown["width"]) == ("ready", "mug.png", 160)
    preview = browser.get(shown["preview"])
    assert preview.status_code == 200
    preview.close()


def test_the_other_server_learns_nothing_of_the_visitor(ask, shop, mug_page):
    ask(mug_page)
    fetch_all()
    ((_, headers),) = shop.seen
    assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert headers["Host"] == f"127.0.0.1:{shop.server_port}"


def test_a_type_that_the_other_server_got_wrong_is_no_reason_to_refuse(ask, shop, mug, as_file):
    shop.pages["/mug.jpg"] = sends(as_file(mug), **{"Content-Type": "text/plain"})
    ask(f"{shop.url}/mug.jpg")
    assert len(fetch_all()) == 1


REFUSED = {
    "a web page": (sends(b"<!doctype html><title>Mug</title>"), "not-an-image"),
    "nothing": (sends(b""), "empty"),
    "a drawing": (sends(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg"),
    "a refusal": (sends(b"no", status=403), "unreachable"),
    "half a file": (sends(b"short", length=500), "unreachable"),
    "a huge file": (sends(b"", length=10**9), "too-many-bytes"),
    "a way inside": (goes_on("http://10.0.0.1/mug.png"), "private-address"),
    "a mapped way inside": (goes_on("http://[::ffff:127.0.0.1]/mug.png"), "private-address"),
    "a way to our files": (goes_on("file:///etc/passwd"), "bad-address"),
    "another port": (goes_on("http://127.0.0.1:1/mug.png"), "bad-address"),
    "a password": (goes_on("http://user:pass@127.0.0.1/"), "bad-address"),
    "a circle": (goes_on("/page"), "too-many-redirects"),
}


@pytest.mark.parametrize("answer", REFUSED)
def test_what_cannot_be_had_is_refused_in_words(browser, ask, shop, own_folders, answer):
    shop.pages["/page"], error = REFUSED[answer]
    address = ask(f"{shop.url}/page").json()["url"]
    assert fetch_all() == []
    shown = browser.get(address).json()
    assert (shown["state"], shown["error"]) == ("refused", error)
    assert shown["words"]
    assert not list((own_folders / "pictures").rglob("*.*"))


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("ftp://shop.example/mug.png", "bad-address"),
        ("https://shop.example:8443/mug.png", "bad-address"),
    ],
)
def test_what_the_address_alone_tells_is_answered_at_once(ask, db, address, error):
    answer = ask(address)
    assert (answer.status_code, answer.json()["error"]) == (422, error)
    assert not Photo.objects.exists()


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
    fetch_all()
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
    fetch_all()
    assert browser.get(address).json()["error"] == "timed-out"


def test_a_closed_port_is_unreachable(ask, settings, browser):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.FETCH_ALLOWED = {f"127.0.0.1:{port}"}
    address = ask(f"http://127.0.0.1:{port}/").json()["url"]
    fetch_all()
    assert browser.get(address).json()["error"] == "unreachable"


def test_it_can_be_turned_off(ask, settings, mug_page):
    settings.FETCH = False
    answer = ask(mug_page)
    assert (answer.status_code, answer.json()["error"]) == (403, FetchingIsOffError.id)


def test_no_attempt_is_queued_before_the_size_is_known(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    with pytest.raises(NotFetchedError):
        lifecycle.start_attempt(photo, "remove-background", {})
    fetch_all()
    photo.refresh_from_db()
    assert lifecycle.start_attempt(photo, "remove-background", {}).status == Job.Status.QUEUED


def test_a_visitor_may_have_six_on_the_way(visitor, mug_page):
    for _ in range(6):
        uploads.receive_from(visitor, mug_page)
    with pytest.raises(TooManyFetchesError):
        uploads.receive_from(visitor, mug_page)
    uploads.receive_from(Visitor.objects.create(), mug_page)


def test_a_network_may_ask_for_so_many_in_a_while(ask, mug_page, monkeypatch):
    monkeypatch.setattr("tools.web.views.photos.MOST_FETCHES", 0)
    assert ask(mug_page).json()["error"] == "too-many-fetches"


def test_a_fetch_whose_worker_died_is_done_by_another(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    Fetch.objects.update(
        status="running", owner="gone:1:1", lease_until="2020-01-01T00:00Z", tries=1
    )
    assert reaper.list_unread() == []
    reaper.reap_lapsed()
    assert fetch_all() == [str(photo.pk)]


def test_after_three_lost_workers_the_photo_says_so(visitor, mug_page):
    photo = uploads.receive_from(visitor, mug_page)
    Fetch.objects.update(
        status="running", owner="gone:1:1", lease_until="2020-01-01T00:00Z", tries=3
    )
    reaper.reap_lapsed()
    photo.refresh_from_db()
    assert (photo.state, photo.error) == ("refused", "worker-lost")


def test_a_photo_deleted_on_the_way_leaves_no_file(visitor, mug_page, own_folders):
    photo = uploads.receive_from(visitor, mug_page)
    job = leases.claim_job(Fetch.objects.all())
    uploads.delete_photo(photo)
    assert not fetching.attend(job)
    assert not files.file_exists(files.incoming_path(photo.pk))
