"""Message store: the messages of all queues in one SQLite file, and who has claimed them."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from foundation.sqlite_queue import forks, process_ids, schema
from foundation.sqlite_queue.errors import (
    PASSING,
    QueueDamagedError,
    QueueUnreachableError,
    explain,
)

log = logging.getLogger(__name__)

LEASE = 30.0
PATIENCE = 10.0  # seconds to wait for another process's write before saying that it is locked

Row = tuple[str | int | float | None, ...]

# Only if we still hold the message: it may have lapsed and be someone else's by now.
_DELETE = "DELETE FROM message WHERE tag = ? AND owner = ?"
_GIVE_BACK = "UPDATE message SET owner = NULL, lease = NULL WHERE tag = ? AND owner = ?"

# A forked child must leave its parent's connections alone for good: closing one would undo locks
# and may remove the log that the parent still writes.
_inherited: list[sqlite3.Connection | None] = []


class Claim(NamedTuple):
    body: str
    redelivered: bool


class Store:
    """One process's view of the file. Threads may share it; a forked child gets its own by itself."""

    def __init__(
        self,
        path: Path,
        lease: float = LEASE,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = path
        self.lease = lease
        self._patience = patience
        self._clock = clock
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._owner = ""
        self._unsettled: dict[str, str] = {}
        self._renewer: threading.Thread | None = None
        self._closed = threading.Event()
        forks.tell(self)

    def open(self) -> None:
        """Make sure that the file can be used; the rest opens it too, when it must."""
        self._run("SELECT 1 FROM message LIMIT 1")

    def put(self, queue: str, tag: str, priority: int, body: str) -> None:
        self._run(
            "INSERT INTO message (queue, tag, priority, body) VALUES (?, ?, ?, ?)",
            (queue, tag, priority, body),
        )

    def claim(self, queue: str) -> Claim | None:
        """Take the oldest of the most urgent messages; it is ours until settled or lapsed."""
        # Looking needs no lock, so consumers of an empty queue do not stand in a writer's way.
        if not self._run("SELECT 1 FROM message WHERE queue = ? AND owner IS NULL", (queue,)):
            return None
        self._start_renewing()
        rows = self._run(
            "UPDATE message SET owner = ?, lease = ?, deliveries = deliveries + 1 WHERE seq = ("
            " SELECT seq FROM message WHERE queue = ? AND owner IS NULL"
            " ORDER BY priority DESC, seq LIMIT 1) RETURNING body, deliveries > 1",
            (self.owner, self._clock() + self.lease, queue),
        )
        return Claim(str(rows[0][0]), bool(rows[0][1])) if rows else None

    def acknowledge(self, tag: str) -> None:
        """Delete a message that we hold."""
        self._settle({tag: _DELETE})

    def give_back(self, tags: Iterable[str]) -> None:
        """Let others claim messages that we hold; they keep their place in the queue."""
        self._settle(dict.fromkeys(tags, _GIVE_BACK))

    def _settle(self, tags: Mapping[str, str]) -> None:
        """If the file refuses just now (locked, disk full), it is done a little later."""
        if self.closed:
            return
        with self._lock:
            self._unsettled.update(tags)
        try:
            self._settle_rest()
        except PASSING as error:
            log.warning("Settling %d messages later: %s", len(self._unsettled), error)

    def _settle_rest(self) -> None:
        with self._lock:
            for tag, sql in list(self._unsettled.items()):
                self._run(sql, (tag, self.owner))
                del self._unsettled[tag]

    def renew(self) -> None:
        """Hold what we hold for another lease."""
        self._settle_rest()
        if self._run("SELECT 1 FROM message WHERE owner = ? LIMIT 1", (self.owner,)):
            self._run(
                "UPDATE message SET lease = ? WHERE owner = ?",
                (self._clock() + self.lease, self.owner),
            )

    def reclaim(self) -> int:
        """Give back what the dead and the silent held; how many messages that were."""
        returned = 0
        for owner, lease in self._run(
            "SELECT owner, min(lease) FROM message"
            " WHERE owner IS NOT NULL AND owner != ? GROUP BY owner",
            (self.owner,),
        ):
            now = self._clock()
            if process_ids.is_dead(str(owner)):
                now = float("inf")
            elif float(lease or 0) > now:
                continue
            rows = self._run(
                "UPDATE message SET owner = NULL, lease = NULL"
                " WHERE owner = ? AND lease <= ? RETURNING 1",
                (owner, now),
            )
            returned += len(rows)
        return returned

    def waiting(self, queue: str) -> int:
        sql = "SELECT count(*) FROM message WHERE queue = ? AND owner IS NULL"
        return int(self._run(sql, (queue,))[0][0] or 0)

    def purge(self, queue: str) -> int:
        """Delete what nobody has claimed; how many messages that were."""
        sql = "DELETE FROM message WHERE queue = ? AND owner IS NULL RETURNING 1"
        return len(self._run(sql, (queue,)))

    def verify(self) -> None:
        """Read the whole file; raises QueueDamagedError."""
        complaint = self._run("PRAGMA quick_check(1)")[0][0]
        if complaint != "ok":
            raise QueueDamagedError(f"The queue file {self.path} is damaged: {complaint}.")
        self._run("SELECT owner, lease, deliveries FROM message LIMIT 1")

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    def close(self) -> None:
        """What we still hold comes back to the queue when its lease lapses or we end."""
        self._closed.set()
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    @property
    def owner(self) -> str:
        with self._lock:
            self._owner = self._owner or process_ids.new()
            return self._owner

    def _run(self, sql: str, values: tuple[object, ...] = ()) -> list[Row]:
        with self._lock:
            if self.closed:
                raise QueueUnreachableError(f"The queue file {self.path} was closed.")
            try:
                self._connection = self._connection or schema.connect(self.path, self._patience)
                # Reading to the end also commits: a RETURNING statement is open until then.
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def _start_renewing(self) -> None:
        with self._lock:
            if not self._renewer:
                self._renewer = threading.Thread(target=self._keep_renewing, daemon=True)
                self._renewer.start()

    def _keep_renewing(self) -> None:
        # A thread, because a task may keep the consumer's own thread busy beyond the lease.
        while not self._closed.wait(self.lease / 3):
            try:
                self.renew()
            except PASSING as error:
                log.warning("Renewing later: %s", error)

    def pause(self) -> None:
        self._lock.acquire()  # no thread is inside SQLite while we are forked

    def resume(self) -> None:
        self._lock.release()

    def begin_anew(self) -> None:
        _inherited.append(self._connection)
        self._lock = threading.RLock()
        self._connection = None
        self._owner = ""
        self._unsettled = {}
        self._closed = threading.Event()
        self._renewer = None
