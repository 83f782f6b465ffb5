"""A Celery broker on one SQLite file: no server to install, nothing lost when a process dies.

`sqlite-queue:///absolute/path/queue.sqlite3` as `CELERY_BROKER_URL`. Several processes of one
machine share the file (it is in WAL mode, so it must lie on a local disk). A message is delivered
at least once: it is deleted when it is acknowledged, and comes back when its owner dies, hangs
longer than its lease, or closes without acknowledging it. Higher priorities (0 to 9) go first.
"""

from pathlib import Path
from urllib.parse import quote, unquote

from kombu.transport import TRANSPORT_ALIASES

from foundation.sqlite_queue.errors import QueueError
from foundation.sqlite_queue.store import Store

__all__ = ["QueueError", "queue_path", "queue_url", "register_transport", "verify_queue_file"]

SCHEME = "sqlite-queue"


def register_transport() -> None:
    """Make the scheme known to kombu; must precede the first Celery app that uses it."""
    TRANSPORT_ALIASES[SCHEME] = "foundation.sqlite_queue.transport:Transport"


def queue_url(path: Path) -> str:
    return f"{SCHEME}://{quote(str(path.absolute()))}"


def queue_path(url: str) -> Path | None:
    """The file that a broker's URL names; None if it is another kind of broker."""
    scheme, _, rest = url.partition("://")
    return Path("/", unquote(rest)) if scheme == SCHEME else None


def verify_queue_file(path: Path) -> None:
    """Create the queue file or read through the one there; raises QueueError in plain words."""
    store = Store(path)
    try:
        store.verify()
    finally:
        store.close()
