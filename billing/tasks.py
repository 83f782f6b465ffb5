from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from billing import audit, emails
from billing.credits import holds
from billing.payments import auto_top_up, customers, event_handlers, reconciliation


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
    reconciliation.reconcile_payments(look_back=reconciliation.RECENT)


@shared_task
def nightly() -> None:
    audit.nightly()


@shared_task
def count_money() -> None:
    reconciliation.reconcile_payments()
    reconciliation.count_money()


@shared_task
def rename_customer(user_id: int) -> None:
    customers.rename(user_id)


@shared_task
def deliver_email(pk: int) -> None:
    emails.deliver_email(pk)


@shared_task
def sweep_emails() -> None:
    emails.sweep_emails()


# All of an e-mail in its message, until November 2026: a queue may hold some from before.
@shared_task
def send_email(to: list[str], subject: str, body: str) -> None:
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, to)


# Its name until November 2026: a queue may hold messages from before.
@shared_task(name="billing.letters.post")
def post(to: list[str], subject: str, body: str) -> None:
    send_email(to, subject, body)
