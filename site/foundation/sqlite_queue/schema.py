"""Schema of the queue's file: opened in WAL mode, with our table, or not at all."""

import sqlite3
import time
from pathlib import Path

from foundation.sqlite_queue.errors import QueueDamagedError, QueueUnreachableError

_APPLICATION = 0x50534851  # "PSHQ" in the file's header says that it is a queue of ours
_TABLE = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tag TEXT NOT NULL UNIQUE,
    queue TEXT NOT NULL,
    priority INTEGER NOT NULL,
    body TEXT NOT NULL,
    owner TEXT,
    lease REAL,
    deliveries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS waiting ON message (queue, priority DESC, seq) WHERE owner IS NULL;
CREATE INDEX IF NOT EXISTS claimed ON message (owner, lease) WHERE owner IS NOT NULL;
PRAGMA application_id = {_APPLICATION};
COMMIT;
"""


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Raises sqlite3.Error, or QueueError where SQLite itself has no complaint."""
    connection = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        if _pragma(connection, "application_id") != _APPLICATION:
            _create(connection, path, patience)
        # A process that dies loses nothing with NORMAL; a power cut may lose the last moments.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        # Someone else may have made our table since we looked.
        if _pragma(connection, "application_id") != _APPLICATION:
            raise QueueDamagedError(f"{path} is another program's database, not a queue.")
        return
    if _enter_wal(connection, patience) != "wal":
        raise QueueUnreachableError(f"The queue file {path} must lie on a local disk.")
    connection.executescript(_TABLE)


def _enter_wal(connection: sqlite3.Connection, patience: float) -> str:
    """SQLite does not wait for its lock when the journal's mode changes; so we do."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return str(_pragma(connection, "journal_mode = WAL"))
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _pragma(connection: sqlite3.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]
