"""The desk's Celery tasks. The web process sends these; image libraries are imported where
they run.
"""

from datetime import timedelta

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from seo.desk.checks import source_links
from seo.desk.editing import scheduled
from seo.desk.examples import rows
from seo.desk.experiments import ab_tests
from seo.desk.metrics import daily_rollup, search_console_api


@shared_task(acks_late=False)
def count_today() -> None:
    daily_rollup.count_day(timezone.now().date())


@shared_task(acks_late=False)
def nightly() -> None:
    daily_rollup.count_day(timezone.now().date() - timedelta(days=1))
    ab_tests.end_what_is_over()
    search_console_api.fetch_rows()


@shared_task(base=DjangoTask, expires=600)
def check_links() -> None:
    source_links.check_links()


@shared_task(base=DjangoTask, expires=600)
def make_examples() -> None:
    from seo.desk.examples import worker

    worker.make_examples()


@shared_task(acks_late=False)
def reap_examples() -> None:
    if rows.reap_orders():
        make_examples.delay()


@shared_task(acks_late=False)
def look_at_what_is_due() -> None:
    scheduled.hold_back_failing()
