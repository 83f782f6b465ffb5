import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisAwayError

from tools.web import throttle

HERE = "203.0.113.9"


def ask(address=HERE, most=2):
    return throttle.is_within_rate("test", address, most=most, seconds=600)


@pytest.fixture(autouse=True)
def empty():
    cache.clear()


def test_a_network_has_its_share_and_another_has_its_own():
    assert [ask() for _ in range(3)] == [True, True, False]
    assert not ask("203.0.113.77")
    assert ask("198.51.100.1")


@pytest.mark.parametrize("error", [RedisAwayError("no"), OSError("no")])
@pytest.mark.parametrize("method", ["add", "incr"])
def test_a_cache_that_is_away_refuses_nobody(monkeypatch, caplog, method, error):
    def away(*_, **__):
        raise error

    monkeypatch.setattr(cache, method, away)
    assert ask(most=0)
    assert "the cache is away" in caplog.text
