"""What Celery calls. A message says that there is work; the rows say which.

The web process sends these and must not load numpy for it: the worker's modules are imported
where they run.
"""

import logging
from collections.abc import Callable
from threading import Thread
from typing import Any

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.db import connection

from tools import expiry, fetching, measures, reaping

logger = logging.getLogger(__name__)
rounds = reaping.Rounds()


@shared_task(base=DjangoTask, expires=600)
def work() -> None:
    from tools import worker

    rounds.make()
    worker.work()


class AtOnce(DjangoTask[Any, Any]):
    """Done as its message comes in: a thread of the pool would be one more to wait for."""

    def start_strategy(self, app: Any, consumer: Any, **_: Any) -> Callable[..., None]:  # noqa: ARG002  Celery gives it
        def do(message: Any, body: Any, ack: Callable[..., None], *_: Any, **__: Any) -> None:  # noqa: ARG001  Celery gives them
            self.run()
            ack(logger, consumer.connection_errors)

        return do


@shared_task(base=AtOnce)
def wake() -> None:
    """Rouse this process's device; it looks for itself what there is to do."""
    from tools.device import process

    process.rouse()


@shared_task(base=DjangoTask)
def read_photo(photo_id: str) -> None:
    from tools import intake

    intake.read(photo_id)


@shared_task(base=DjangoTask, expires=600)
def fetch_photos() -> None:
    # Others' servers may be slow, and this process has work to do: the thread holds the leases.
    Thread(target=fetch_aside, name="fetch", daemon=True).start()


def fetch_aside() -> None:
    try:
        for photo_id in fetching.fetch():
            read_photo.delay(photo_id)
    finally:
        connection.close()


@shared_task(acks_late=False)
def reap() -> None:
    # Whoever is rung for nothing finds nothing to do.
    for _ in range(reaping.reap()):
        work.delay()
    for photo_id in reaping.unread():
        read_photo.delay(photo_id)
    if reaping.unfetched():
        fetch_photos.delay()


@shared_task(acks_late=False)
def expire() -> None:
    expiry.expire()
    measures.forget()


@shared_task(ignore_result=True)
def record_measures(rows: list[measures.Row], *, at: str, visit: str) -> None:
    measures.record(rows, at=at, visit=visit)


@shared_task(acks_late=False, ignore_result=True)
def warm() -> None:
    from tools import warming

    warming.warm()
