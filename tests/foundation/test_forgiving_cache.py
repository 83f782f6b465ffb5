import inspect
import socket

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from redis import Redis
from redis.exceptions import BusyLoadingError

from foundation.forgiving_cache import ForgivingCache

ASKED = {
    "add": (("k", 1), True),
    "get": (("k", "none"), "none"),
    "set": (("k", 1), None),
    "touch": (("k",), False),
    "delete": (("k",), False),
    "get_many": ((["k"],), {}),
    "has_key": (("k",), False),
    "incr": (("k", 2), 2),
    "set_many": (({"k": 1},), ["k"]),
    "delete_many": ((["k"],), None),
    "clear": ((), None),
}


@pytest.fixture
def away():
    """A cache at an address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ForgivingCache(f"redis://127.0.0.1:{port}/0", {})


@pytest.mark.parametrize("method", ASKED)
def test_a_cache_that_is_away_answers_as_an_empty_one(away, caplog, method):
    given, answer = ASKED[method]
    assert getattr(away, method)(*given) == answer
    assert "the cache is away" in caplog.text


def test_nothing_that_django_asks_a_cache_is_left_out():
    asked = {
        name
        for name, function in vars(RedisCache).items()
        if inspect.isfunction(function) and not name.startswith("_") and "timeout" not in name
    }
    assert asked == set(ASKED)
    assert "k" not in ForgivingCache("redis://127.0.0.1:1/0", {})


def test_a_cache_that_is_still_loading_is_away_too(away, monkeypatch):
    def busy(*_, **__):
        raise BusyLoadingError

    monkeypatch.setattr(Redis, "execute_command", busy)
    assert away.get("k") is None


@pytest.fixture
def site_without_cache(settings, away):
    settings.CACHES = {
        "default": {
            "BACKEND": "foundation.forgiving_cache.ForgivingCache",
            "LOCATION": away._servers[0],
        }
    }
    assert isinstance(cache._connections["default"], ForgivingCache)


@pytest.mark.django_db
@pytest.mark.usefixtures("site_without_cache")
@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/accounts/login/code/", {"email": "ada@example.com"}, 302),
        ("/photos/", {"url": "https://shop.example/mug.png"}, 201),
        ("/measures/", None, 204),
        ("/attempts/", {"tool": "remove-background"}, 404),
        ("/pricing/buy/", {"item": "pack-500"}, 302),
    ],
)
def test_what_a_visitor_posts_is_taken_while_the_cache_is_away(client, path, form, status):
    headers = {"Sec-Fetch-Site": "same-origin"}
    if form is None:
        answer = client.post(path, "{}", content_type="text/plain", headers=headers)
    else:
        answer = client.post(path, form, headers=headers)
    assert answer.status_code == status


@pytest.mark.django_db
@pytest.mark.usefixtures("site_without_cache")
@pytest.mark.parametrize("path", ["/", "/pricing/", "/accounts/login/code/", "/mine/", "/verify/"])
def test_what_a_visitor_looks_at_is_there_while_the_cache_is_away(client, path):
    assert client.get(path).status_code == 200
