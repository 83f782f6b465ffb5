"""The shim answers as the other host, on this machine alone (and check 14: no old TLS)."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from tools.web.removebg.shim import certificates, hooks
from tools.web.removebg.shim.server import HOST, Shim

ADDRESS = f"https://{HOST}/v1.0/removebg"


class Site(BaseHTTPRequestHandler):
    """Says what it was asked."""

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        said = {"path": self.path, "key": self.headers["X-Api-Key"], "host": self.headers["Host"]}
        body = json.dumps({**said, "sent": self.rfile.read(size).decode()}).encode()
        self.send_response(200)
        self.send_header("X-Credits-Charged", "0.25")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def in_thread(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def shim(tmp_path):
    site = in_thread(HTTPServer(("127.0.0.1", 0), Site))
    trusted, context = certificates.make_certificate(HOST, tmp_path)
    found = in_thread(Shim(0, context, f"http://127.0.0.1:{site.server_port}"))
    found.trusted = trusted
    yield found
    for server in (found, site):
        server.shutdown()
        server.server_close()


def test_a_client_that_is_given_a_proxy_is_answered_as_by_that_host(shim):
    trust = ssl.create_default_context(cafile=shim.trusted)
    with httpx.Client(proxy=f"http://127.0.0.1:{shim.port}", verify=trust) as client:
        answer = client.post(ADDRESS, content=b"a picture", headers={"X-Api-Key": "K"})
    said = answer.json()
    assert (said["path"], said["key"], said["sent"]) == ("/v1.0/removebg", "K", "a picture")
    assert answer.headers["X-Credits-Charged"] == "0.25"
    assert said["host"] != HOST


def test_a_body_in_chunks_is_sent_on_whole(shim):
    trust = ssl.create_default_context(cafile=shim.trusted)
    with httpx.Client(proxy=f"http://127.0.0.1:{shim.port}", verify=trust) as client:
        answer = client.post(ADDRESS, content=iter([b"a ", b"pic", b"ture"]))
    assert answer.json()["sent"] == "a picture"


def test_no_other_host_is_reached_through_it(shim):
    through = f"http://127.0.0.1:{shim.port}"
    with pytest.raises(httpx.ProxyError, match="403"):
        httpx.get("https://example.com/", proxy=through)


def test_it_listens_to_this_machine_alone(shim):
    assert shim.server_address[0] == "127.0.0.1"


def test_014_old_tls_is_refused(shim):
    assert shim.context.minimum_version == ssl.TLSVersion.TLSv1_2
    old = ssl.create_default_context(cafile=shim.trusted)
    with warnings.catch_warnings():
        # That it is old is the point.
        warnings.simplefilter("ignore")
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    plain = socket.create_connection(("127.0.0.1", shim.port))
    with plain, pytest.raises(OSError, match=r"(?i)protocol|version|alert|ssl"):
        old.wrap_socket(plain, server_hostname=HOST)


def test_what_signs_its_certificate_is_nowhere_to_be_found(shim, tmp_path):
    assert [path.name for path in tmp_path.iterdir()] == ["authority.pem"]
    assert b"PRIVATE" not in shim.trusted.read_bytes()


def test_a_python_program_with_the_address_written_in_finds_it(shim, tmp_path):
    _, python = hooks.write_hooks(tmp_path, HOST, shim.port)
    program = (
        "import http.client, ssl;"
        f"c = http.client.HTTPSConnection({HOST!r});"
        "c.request('POST', '/v1.0/removebg', body=b'x', headers={'X-Api-Key': 'K'});"
        "print(c.getresponse().read().decode())"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(python.parent),
        "SSL_CERT_FILE": str(shim.trusted),
    }
    run = [sys.executable, "-c", program]
    said = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert json.loads(said.stdout)["key"] == "K", said.stderr
