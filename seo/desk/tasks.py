"""What Celery calls for the desk. The web process sends these; image libraries are imported where
they run.
"""

from datetime import timedelta

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from seo.desk import console_api, counting, due, example_rows, links, variants


@shared_task(acks_late=False)
def count_today() -> None:
    counting.count(timezone.now().date())


@shared_task(acks_late=False)
def nightly() -> None:
    counting.count(timezone.now().date() - timedelta(days=1))
    variants.end_what_is_over()
    console_api.fetch()


@shared_task(base=DjangoTask, expires=600)
def check_links() -> None:
    links.check()


@shared_task(base=DjangoTask, expires=600)
def make_examples() -> None:
    from seo.desk import making

    making.make()


@shared_task(acks_late=False)
def reap_examples() -> None:
    if example_rows.reap():
        make_examples.delay()


@shared_task(acks_late=False)
def look_at_what_is_due() -> None:
    due.look()
