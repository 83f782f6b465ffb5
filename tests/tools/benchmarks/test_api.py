import io

import httpx
import pytest
from PIL import Image

from tools.benchmarks import api
from tools.benchmarks.editor import NoServerError


@pytest.fixture
def client():
    """A client of a server that gives these answers, one after another."""

    def client(*answers):
        left = iter(answers)
        transport = httpx.MockTransport(lambda _: next(left))
        return httpx.Client(base_url="http://site.example", transport=transport)

    return client


def test_who_is_told_to_ask_again_waits_and_asks_again(client, monkeypatch):
    slept = []
    monkeypatch.setattr(api.time, "sleep", slept.append)
    busy = httpx.Response(429, headers={"Retry-After": "2"})
    seconds, again = api.ask(client(busy, busy, httpx.Response(200)), "key", b"photo")
    assert (again, slept) == (2, [2, 2])
    assert seconds >= 0


def test_a_server_that_refuses_or_is_not_there_stops_the_benchmark(client):
    with pytest.raises(NoServerError, match="403 no"):
        api.ask(client(httpx.Response(403, text="no")), "key", b"photo")

    def away(_):
        raise httpx.ConnectError("nobody there")

    with (
        httpx.Client(base_url="http://site.example", transport=httpx.MockTransport(away)) as asked,
        pytest.raises(NoServerError, match="nobody there"),
    ):
        api.ask(asked, "key", b"photo")


def test_the_slow_ones_are_told_apart_from_the_usual(monkeypatch):
    waits = iter([(seconds, seconds == 9) for seconds in (1, 2, 3, 9)])
    monkeypatch.setattr(api, "ask", lambda *_: next(waits))
    found = api.measure_callers("http://site.example", "key", iter([b"x"] * 4), 1, 4)
    assert (found["p50_s"], found["slowest_s"], found["asked_again"]) == (3, 9, 1)


def test_no_two_photos_are_the_same_and_all_have_the_pixels(monkeypatch):
    monkeypatch.setattr(api, "PIXELS", 10_000)
    first, second = api.make_photos(2)
    assert first != second
    with Image.open(io.BytesIO(first)) as picture:
        assert picture.width * picture.height == pytest.approx(10_000, rel=0.05)
