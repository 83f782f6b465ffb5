import smtplib
from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from kombu.exceptions import OperationalError

from billing import emails, tasks
from billing.accounts import payers, teams
from billing.models import Account, OutgoingEmail

pytestmark = pytest.mark.django_db
TEXT = "\nHello\n\nTwo\nlines\n"


@pytest.fixture
def queued(monkeypatch):
    found = []
    monkeypatch.setattr(emails, "send_on_commit", lambda *given: found.append(given))
    return found


@pytest.fixture
def later():
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def mail_server_away(monkeypatch):
    def refused(*_):
        raise smtplib.SMTPServerDisconnected("no route")

    monkeypatch.setattr(EmailBackend, "send_messages", refused)
    return monkeypatch


def test_the_first_line_of_a_text_is_its_subject(queued):
    emails.queue_email(["ada@example.com"], TEXT)
    email = OutgoingEmail.objects.get()
    assert queued == [(emails.DELIVER, email.pk)]
    assert (email.to, email.subject, email.body) == (["ada@example.com"], "Hello", "Two\nlines")


def test_whoever_looks_after_an_account_hears_of_it(alice, account):
    assert emails.addresses(account) == ["alice@example.com"]
    teams.found_team(alice, "Shop")
    assert emails.addresses(payers.team_account(alice)) == ["alice@example.com"]


def test_who_has_no_address_gets_nothing(visitor, queued):
    emails.low_balance(payers.account_of_visitor(visitor))
    emails.low_balance(Account.objects.create(kind="team"))
    assert queued == []
    assert not OutgoingEmail.objects.exists()


def test_an_email_of_a_time_without_a_broker_is_sent_by_the_timetable(
    monkeypatch, django_capture_on_commit_callbacks, mailoutbox, later
):
    def away(*_, **__):
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        emails.queue_email(["ada@example.com"], TEXT)
    # For a moment it is left to the task.
    assert emails.sweep_emails() == 0
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.sweep_emails()
    assert [(one.to, one.subject) for one in mailoutbox] == [(["ada@example.com"], "Hello")]
    assert not OutgoingEmail.objects.exists()


def test_an_email_is_sent_once_however_often_its_message_comes(queued, mailoutbox, later):
    emails.queue_email(["ada@example.com"], TEXT)
    pk = OutgoingEmail.objects.get().pk
    tasks.deliver_email(pk)
    tasks.deliver_email(pk)
    assert emails.sweep_emails(later) == 0
    assert len(mailoutbox) == 1


def test_who_was_overtaken_sends_nothing(queued, mailoutbox, monkeypatch):
    emails.queue_email(["ada@example.com"], TEXT)
    row = OutgoingEmail.objects.get()
    OutgoingEmail.objects.update(tries=1)

    class Stale:
        def first(self):
            return row

    real = OutgoingEmail.objects.filter
    monkeypatch.setattr(
        OutgoingEmail.objects, "filter", lambda **by: real(**by) if "tries" in by else Stale()
    )
    assert not emails.deliver_email(row.pk)
    assert mailoutbox == []


def test_what_the_mail_server_does_not_take_is_tried_later_each_time(
    queued, mail_server_away, later
):
    emails.queue_email(["ada@example.com"], TEXT)
    assert emails.sweep_emails(later) == 0
    first = OutgoingEmail.objects.get()
    assert first.tries == 1
    assert emails.sweep_emails() == 0
    assert OutgoingEmail.objects.get().tries == 1
    emails.sweep_emails(first.next_try)
    second = OutgoingEmail.objects.get()
    assert second.tries == 2
    assert second.next_try - first.next_try > timedelta(minutes=1)
    mail_server_away.undo()
    assert emails.deliver_email(first.pk)
    assert len(mail.outbox) == 1


def test_what_no_mail_server_takes_for_a_day_is_given_up_and_logged(
    queued, mail_server_away, caplog
):
    emails.queue_email(["ada@example.com"], TEXT)
    for _ in range(emails.GIVE_UP_AFTER):
        assert OutgoingEmail.objects.exists()
        emails.sweep_emails(timezone.now() + timedelta(days=1))
    assert not OutgoingEmail.objects.exists()
    assert "is given up: Hello" in caplog.text
    assert "ada@example.com" not in caplog.text


def test_a_message_from_before_there_were_rows_is_still_sent(mailoutbox):
    tasks.post(["ada@example.com"], "Hello", "Two lines")
    assert [one.subject for one in mailoutbox] == ["Hello"]
