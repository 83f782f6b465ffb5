import pytest
import redis

from tools.benchmarks import queue, simulated_engine
from tools.pipeline.engines import VARIABLE


def test_a_site_on_files_is_measured_in_a_folder_of_its_own(tmp_path, settings, monkeypatch):
    settings.CELERY_BROKER_URL = "sqlq:///somewhere"
    monkeypatch.setattr(queue.connection, "vendor", "sqlite")
    with queue.scratch(tmp_path) as environment:
        assert environment["PACKSHOT_DATA"] == str(tmp_path)
        assert environment["DATABASE_URL"] == environment["CELERY_BROKER_URL"] == ""
        assert environment[VARIABLE] == simulated_engine.__name__


def test_a_redis_that_is_used_is_not_measured_in(settings, monkeypatch):
    class Used:
        flushed = False

        def dbsize(self):
            return 3

        def flushdb(self):
            self.flushed = True

    client = Used()
    asked = []
    monkeypatch.setattr(redis.Redis, "from_url", lambda url: asked.append(url) or client)
    settings.CELERY_BROKER_URL = "redis://queue.example:6379/0"
    with pytest.raises(ValueError, match="is not empty"), queue.scratch_broker():
        pytest.fail("measured")
    assert asked == [f"redis://queue.example:6379/{queue.SCRATCH_REDIS}"]
    assert not client.flushed
    monkeypatch.setattr(Used, "dbsize", lambda _: 0)
    with queue.scratch_broker() as url:
        assert url == asked[0]
    assert client.flushed
