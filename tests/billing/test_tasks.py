"""Names of billing's tasks: messages in queues and the timetable know them by these."""

import pytest
from celery import current_app

from billing import beat_schedule, tasks


def test_every_task_of_the_timetable_is_there():
    sent = {row["task"] for row in beat_schedule.TIMETABLE.values()}
    assert sent
    assert sent <= set(current_app.tasks)


@pytest.mark.parametrize(
    ("task", "done", "given"),
    [
        (tasks.work, "event_handlers.handle_event", ("evt_1",)),
        (tasks.rename_customer, "customers.rename", (7,)),
        (tasks.deliver_email, "emails.deliver_email", (3,)),
    ],
)
def test_what_a_message_names_is_done_with_what_it_says(task, done, given, monkeypatch):
    called = []
    monkeypatch.setattr(f"billing.tasks.{done}", lambda *said: called.append(said))
    task(*given)
    assert called == [given]


def test_an_email_of_an_old_message_is_sent(mailoutbox):
    tasks.post(["ada@example.com"], "Receipt", "Thank you.")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["ada@example.com"], "Receipt")]
