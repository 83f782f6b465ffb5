import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.models import Account, Customer, StripeEvent
from foundation import heartbeats
from packshot import doctor, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(monkeypatch):
    """What the doctor finds, by name, with a worker that works at once."""
    monkeypatch.setattr(tasks.answer, "delay", tasks.answer)
    monkeypatch.setattr(doctor, "SECONDS_TO_ANSWER", 0.1)
    return lambda: dict(doctor.run_checks())


def test_a_site_that_runs_has_nothing_bad(found):
    tasks.beat()
    assert [name for name, finding in found().items() if finding.state == doctor.BAD] == []


def test_what_is_a_choice_is_a_note(found):
    tasks.beat()
    said = found()
    assert (said["checkout"].state, "test checkout" in said["checkout"].words) == (
        doctor.NOTE,
        True,
    )
    assert said["mail"].state == doctor.NOTE


def test_a_worker_or_timetable_that_gives_no_sign_is_bad(found, monkeypatch, capsys):
    monkeypatch.setattr(tasks.answer, "delay", lambda name: None)
    said = found()
    assert [said[name].state for name in ("worker", "timetable")] == [doctor.BAD, doctor.BAD]
    with pytest.raises(CommandError, match="To be mended: worker, timetable"):
        call_command("doctor")
    assert "no worker answered" in capsys.readouterr().out


def test_a_timetable_that_fell_silent_is_bad(found, monkeypatch):
    tasks.beat()
    monkeypatch.setattr(doctor.heartbeats, "EVERY", -heartbeats.EVERY)
    assert found()["timetable"].state == doctor.BAD


def test_books_that_do_not_add_up_are_bad(found):
    tasks.beat()
    Account.objects.create(kind="team", available=5)
    assert "1 problems" in found()["books"].words


def test_what_breaks_the_look_is_a_finding_and_the_rest_goes_on(found, monkeypatch):
    def broken(*args):
        raise OSError("the disk is gone")

    monkeypatch.setattr(default_storage, "save", broken)
    said = found()
    assert said["storage"].words == "OSError: the disk is gone"
    assert said["books"].state == doctor.OK
    monkeypatch.undo()


def test_a_password_in_the_brokers_address_is_not_shown(settings):
    settings.CELERY_BROKER_URL = "redis://:secret@queue.example:6379/0"
    assert doctor.broker() == "redis://queue.example:6379"


def test_what_is_stored_of_another_till_is_counted_and_said(found):
    account = Account.objects.create(kind="user")
    assert found()["other tills"].state == doctor.OK
    Customer.objects.create(id="cus_1", account=account, till="live acct_1")
    said = found()["other tills"]
    assert (said.state, "1 customers of live acct_1" in said.words) == (doctor.NOTE, True)


def test_failed_events_are_not_silent(found):
    StripeEvent.objects.create(
        id="evt_1", type="invoice.paid", object_id="in_1", state="failed", next_try=timezone.now()
    )
    assert "1 events of Stripe's failed" in found()["events"].words
