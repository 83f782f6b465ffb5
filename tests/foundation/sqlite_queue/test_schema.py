import sqlite3

import pytest

from foundation.sqlite_queue import schema
from foundation.sqlite_queue.errors import QueueDamagedError


def test_a_queue_is_made_once_and_its_messages_stay(tmp_path):
    path = tmp_path / "queue"
    first = schema.connect(path, 1)
    assert first.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    first.execute(
        "INSERT INTO message (tag, queue, priority, body) VALUES ('t', 'mail', 0, 'hello')"
    )
    first.close()
    second = schema.connect(path, 1)
    assert second.execute("SELECT body, deliveries FROM message").fetchall() == [("hello", 0)]
    second.close()


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "books"
    theirs = sqlite3.connect(path)
    theirs.execute("CREATE TABLE account (id)")
    theirs.close()
    with pytest.raises(QueueDamagedError, match="another program's database"):
        schema.connect(path, 1)
    theirs = sqlite3.connect(path)
    assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("account",)]
    theirs.close()
