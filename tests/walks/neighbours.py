"""Visitors of one network who were here before: each from an address of its own, each spending."""

import http.client
import json
import secrets
import time
from urllib.parse import urlsplit

import numpy as np

from tests.walks.truth import jpeg

PATIENCE = 120


class Neighbour:
    """A browser of few words at another address of this machine's own network, 127.0.0.0/24."""

    def __init__(self, site, host):
        self.site = urlsplit(site)
        self.source = f"127.0.0.{host}"
        self.cookies = {}

    def asks(self, method, path, body=None, kind=None):
        origin = f"http://{self.site.netloc}"
        headers = {"Host": self.site.netloc, "Origin": origin, "Accept": "application/json"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        line = http.client.HTTPConnection(
            self.site.hostname, self.site.port, timeout=PATIENCE, source_address=(self.source, 0)
        )
        line.request(method, path, body, headers)
        answer = line.getresponse()
        said = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, said

    def spends(self):
        """Cut something small out; its attempt's credits."""
        mark = secrets.token_hex(8)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        body = (
            f"{head}Content-Type: image/jpeg\r\n\r\n".encode()
            + small()
            + f"\r\n--{mark}--\r\n".encode()
        )
        photo = self.made("/photos/", body, f"multipart/form-data; boundary={mark}")
        self.waits(f"/photos/{photo['id']}/", lambda one: one["state"] != "received")
        fields = f"photo={photo['id']}&tool=remove-background".encode()
        attempt = self.made("/attempts/", fields, "application/x-www-form-urlencoded")
        done = self.waits(
            f"/attempts/{attempt['id']}/", lambda one: one["status"] not in {"queued", "running"}
        )
        return done["credits"]

    def made(self, path, body, kind):
        status, said = self.asks("POST", path, body, kind)
        if status != 201:
            raise RuntimeError(f"{self.source}: {path} answered {status}: {said[:200]!r}")
        return json.loads(said)

    def waits(self, path, ready):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            row = json.loads(self.asks("GET", path)[1])
            if ready(row):
                return row
            time.sleep(0.3)
        raise TimeoutError(path)


def small():
    """A disc on paper, of another colour each time: nobody's result is there already."""
    pixels = np.full((160, 200, 3), 235, np.uint8)
    y, x = np.mgrid[:160, :200]
    pixels[(x - 100) ** 2 + (y - 80) ** 2 < 50**2] = (
        np.frombuffer(secrets.token_bytes(3), np.uint8) // 2
    )
    return jpeg(pixels)


def fill_network(site, visitors):
    """So many visitors spend a credit each; what they spent."""
    return sum(Neighbour(site, host).spends() for host in range(2, 2 + visitors))
