from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from billing import audit, emails
from billing.credits import holds
from billing.payments import auto_top_up, event_handlers, reconciliation


@shared_task
def work(event_id: str) -> None:
    event_handlers.handle_event(event_id)


@shared_task
def retry_events() -> None:
    event_handlers.retry_events()


@shared_task
def sweep() -> None:
    holds.sweep_holds()


@shared_task
def refill() -> None:
    auto_top_up.sweep_top_ups()


@shared_task
def reconcile() -> None:
    reconciliation.reconcile_payments()


@shared_task
def nightly() -> None:
    audit.nightly()


@shared_task
def count_money() -> None:
    reconciliation.count_money()


# By the name that it has in queues filled before it stood here.
@shared_task(name=emails.POST)
def post(to: list[str], subject: str, body: str) -> None:
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, to)
