"""Errors of the queue's file, in words for the one who runs the site."""

import sqlite3
from pathlib import Path

from kombu.exceptions import OperationalError


class QueueError(OperationalError):
    """The queue's file cannot be used; the message names the file and says what to do."""


class QueueBusyError(QueueError):
    """Another program holds the file; trying again is sensible."""


class QueueFullError(QueueError):
    """The disk has no room; trying again is sensible once it has."""


class QueueUnreachableError(QueueError):
    """The file cannot be opened, read or written; trying again helps if that was passing."""


class QueueDamagedError(QueueError):
    """The file is not a sound queue; trying again is not sensible."""


PASSING = (QueueBusyError, QueueFullError, QueueUnreachableError)
_BASE_CODE = 0xFF  # SQLite's extended codes carry the plain one in their low byte


def explain(error: sqlite3.Error, path: Path) -> QueueError:
    # sqlite3 gives no code to errors that it raises before SQLite was asked.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _BASE_CODE
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return QueueBusyError(f"The queue file {path} is locked by another program.")
        case sqlite3.SQLITE_FULL:
            return QueueFullError(f"No room left on the disk for the queue file {path}.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return QueueDamagedError(
                f"The queue file {path} is damaged ({error}). "
                "Move it away and start again: a new one is made."
            )
        case _:
            return QueueUnreachableError(f"The queue file {path} cannot be used: {error}.")
