"""What Celery calls. A message says that there is work; the rows say which.

The web process sends these and must not load numpy for it: the worker's modules are imported
where they run.
"""

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from tools import expiry


@shared_task(base=DjangoTask, expires=600)
def work() -> None:
    from tools import worker

    worker.work()


@shared_task(base=DjangoTask)
def read_photo(photo_id: str) -> None:
    from tools import intake

    intake.read(photo_id)


@shared_task(acks_late=False)
def reap() -> None:
    # Whoever is rung for nothing finds nothing to do.
    for _ in range(expiry.reap()):
        work.delay()
    for photo_id in expiry.unread():
        read_photo.delay(photo_id)


@shared_task(acks_late=False)
def expire() -> None:
    expiry.expire()


@shared_task(acks_late=False, ignore_result=True)
def warm() -> None:
    from tools import warming

    warming.warm_one()
