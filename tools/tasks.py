"""Celery tasks of the tools. A message says that there is work; the rows say which.

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

from tools.analytics import page_events
from tools.fetch import jobs
from tools.photos import retention
from tools.queue import dead_letters
from tools.workers import reaper

logger = logging.getLogger(__name__)
rounds = reaper.Rounds()


@shared_task(base=DjangoTask, expires=600)
def work() -> None:
    from tools.workers import cpu

    rounds.make()
    cpu.work_once()


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
    from tools.workers.gpu import process

    process.rouse_device()


@shared_task(base=DjangoTask)
def read_photo(photo_id: str) -> None:
    from tools.rendering import ingest

    ingest.ingest_photo(photo_id)


@shared_task(base=DjangoTask, expires=600)
def fetch_photos() -> None:
    # Others' servers may be slow, and this process has work to do: the thread holds the leases.
    Thread(target=fetch_aside, name="fetch", daemon=True).start()


def fetch_aside() -> None:
    try:
        for photo_id in jobs.fetch_waiting():
            read_photo.delay(photo_id)
    finally:
        connection.close()


@shared_task(acks_late=False)
def reap() -> None:
    # Whoever is told for nothing finds nothing to do.
    for _ in range(reaper.reap_lapsed()):
        work.delay()
    for photo_id in reaper.list_unread():
        read_photo.delay(photo_id)
    if reaper.has_unfetched():
        fetch_photos.delay()


@shared_task(acks_late=False)
def expire() -> None:
    retention.delete_expired()
    page_events.forget_old_events()
    dead_letters.forget_old_letters()


# The name that messages in queues have.
@shared_task(name="tools.tasks.record_measures", ignore_result=True)
def record_page_events(rows: list[page_events.Row], *, at: str, visit: str) -> None:
    page_events.record_events(rows, at=at, visit=visit)


@shared_task(acks_late=False, ignore_result=True)
def warm() -> None:
    from tools.rendering import warm_scenes

    warm_scenes.warm_surfaces()
