from celery import Celery

from foundation import sqlite_queue


def test_an_address_of_a_file_is_a_queue_once_it_was_registered(tmp_path):
    sqlite_queue.register_transport()
    path = tmp_path / "a queue"
    app = Celery("test", broker=sqlite_queue.queue_url(path))
    with app.connection_for_write() as link:
        link.ensure_connection(max_retries=1)
        link.default_channel.queue_purge("nobodys")
        assert type(link.transport).__module__ == "foundation.sqlite_queue.transport"
    assert path.exists()
    assert sqlite_queue.queue_path(sqlite_queue.queue_url(path)) == path
    assert sqlite_queue.queue_path("redis://queue.example/0") is None
