"""PostgreSQL LISTEN: hearing of work from the database itself, which says so with the commit that queues it.

A message takes several milliseconds from broker to worker; PostgreSQL needs half of one. It is told
by both: where connections are pooled by transaction nobody hears the database.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import DatabaseError, connection

from tools.queue import messages

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0


class Listener(Thread):
    """Rouses whenever a job is queued for devices, until told to stop."""

    def __init__(self, rouse: Callable[[], None]) -> None:
        super().__init__(name="listener", daemon=True)
        self.rouse = rouse
        self.done = Event()

    def run(self) -> None:
        while not self.done.is_set():
            try:
                self.listen()
            except DatabaseError:
                logger.warning("The database cannot be listened to", exc_info=True)
                self.done.wait(SECONDS_BETWEEN_LOOKS)
            finally:
                connection.close()

    def listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {messages.CHANNEL}")
        with connection.wrap_database_errors:
            while not self.done.is_set():
                for _ in connection.connection.notifies(timeout=SECONDS_BETWEEN_LOOKS):
                    self.rouse()
