from contextlib import closing

import pytest
from kombu import Connection, Consumer, Exchange, Producer, Queue

from foundation import sqlite_queue
from foundation.sqlite_queue.store import Store

sqlite_queue.register_transport()
QUEUE = Queue("cpu", Exchange("cpu"), routing_key="cpu")


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "a folder"  # its blank must survive being part of a URL
    folder.mkdir()
    return folder / "queue.sqlite3"


@pytest.fixture
def connect(path):
    opened = []

    def new():
        opened.append(Connection(sqlite_queue.queue_url(path)))
        return opened[-1]

    yield new
    for connection in opened:
        connection.close()


@pytest.fixture
def send(connect):
    producer = Producer(connect())

    def publish(body, priority=None):
        producer.publish(
            body, exchange=QUEUE.exchange, routing_key="cpu", declare=[QUEUE], priority=priority
        )

    return publish


def take(connection, wanted=1, **options):
    """Consume until so many messages are there; they are neither acknowledged nor rejected."""
    messages = []
    with Consumer(connection, [QUEUE], callbacks=[lambda _, m: messages.append(m)], **options):
        while len(messages) < wanted:
            connection.drain_events(timeout=10)
    return messages


def bodies(messages):
    return [message.payload for message in messages]


def test_the_file_lies_where_the_url_says(connect, path, send):
    send("a")
    assert path.exists()
    with closing(Store(path)) as store:
        assert store.waiting("cpu") == 1


def test_what_is_sent_is_received_whole(connect, send):
    send({"photo": 7, "words": "größer"})
    assert bodies(take(connect())) == [{"photo": 7, "words": "größer"}]


def test_urgent_messages_overtake(connect, send):
    for body, priority in [("a", None), ("b", 9), ("c", 3), ("d", 99)]:
        send(body, priority)
    assert bodies(take(connect(), 4)) == ["b", "d", "c", "a"]


def test_an_empty_queue_is_waited_for_no_longer_than_asked(connect):
    connection = connect()
    with Consumer(connection, [QUEUE]), pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.01)


def test_a_rejected_message_is_gone_and_a_requeued_one_is_not(connect, send):
    send("a")
    send("b")
    connection = connect()
    rejected, requeued = take(connection, 2)
    rejected.reject()
    requeued.requeue()
    (again,) = take(connection)
    assert again.payload == "b"
    assert again.delivery_info["redelivered"]
    assert QUEUE(connection).purge() == 0


def test_a_consumer_that_closes_gives_back_what_it_did_not_finish(connect, send):
    for body in "abc":
        send(body)
    connection = connect()
    finished, *_ = take(connection, 3)
    finished.ack()
    connection.close()
    assert bodies(take(connect(), 2)) == ["b", "c"]


def test_no_more_is_taken_than_was_asked_for(connect, send, path):
    for body in "abc":
        send(body)
    connection = connect()
    messages = []
    with Consumer(
        connection, [QUEUE], prefetch_count=1, callbacks=[lambda _, m: messages.append(m)]
    ):
        connection.drain_events(timeout=10)
        with pytest.raises(TimeoutError):
            connection.drain_events(timeout=0.01)
        messages[0].ack()
        connection.drain_events(timeout=10)
    assert bodies(messages) == ["a", "b"]
    with closing(Store(path)) as store:
        assert store.waiting("cpu") == 1


def test_a_consumer_without_acknowledgements_leaves_nothing_behind(connect, send, path):
    send("a")
    send("b")
    connection = connect()
    take(connection, no_ack=True)
    assert QUEUE(connection).get(no_ack=True).payload == "b"
    connection.close()
    with closing(Store(path)) as store:
        assert store._run("SELECT count(*) FROM message") == [(0,)]


def test_purging_empties_the_queue(connect, send):
    send("a")
    send("b")
    connection = connect()
    assert QUEUE(connection).purge() == 2
    assert QUEUE(connection).get() is None


def test_a_damaged_file_is_not_tried_again_and_again(connect, path):
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(sqlite_queue.QueueError, match="is damaged"):
        connect().ensure_connection(max_retries=100)
