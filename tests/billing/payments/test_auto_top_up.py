"""A pack that is bought by itself when credits run low."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import emails, tasks
from billing.credits import holds
from billing.models import AutoTopUp, TopUp
from billing.payments import (
    auto_top_up,
    inbox,
    local_gateway,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("local_checkout")]


@pytest.fixture
def customer(go_to_checkout, signed_in, account):
    """Somebody who has bought before, and has 500 credits and wishes."""
    signed_in.post(go_to_checkout(), {"how": "now"})

    def wishes(**fields):
        return AutoTopUp.objects.update_or_create(account=account, defaults=fields)[0]

    return wishes


def test_a_top_up_is_bought_when_credits_run_low(customer, account, now_at, give):
    customer(item="pack-500", below=600, monthly_limit=2000)
    assert auto_top_up.sweep_top_ups() == 1
    assert now_at(account) == (1000, 0, 0)
    assert auto_top_up.sweep_top_ups() == 0
    assert TopUp.objects.get().state == "paid"


def test_a_top_up_waits_between_two_and_stops_at_the_months_limit(customer, account):
    customer(item="pack-500", below=5000, monthly_limit=1000)
    auto_top_up.sweep_top_ups()
    assert auto_top_up.sweep_top_ups() == 0
    later = timezone.now() + auto_top_up.COOLDOWN + timedelta(seconds=1)
    assert auto_top_up.sweep_top_ups(later) == 1
    assert auto_top_up.sweep_top_ups(later + auto_top_up.COOLDOWN) == 0
    assert TopUp.objects.count() == 2


def test_a_declined_card_stops_top_ups_until_they_are_wanted_again(
    signed_in, customer, account, now_at, mailoutbox, monkeypatch
):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.deliver_email(*args))
    wish = customer(item="pack-500", below=600, monthly_limit=2000)
    local_gateway.change_object(account.customers.get().pk, card="declines")
    auto_top_up.sweep_top_ups()
    wish.refresh_from_db()
    assert wish.stopped
    assert now_at(account) == (500, 0, 0)
    assert TopUp.objects.get().state == "failed"
    assert auto_top_up.sweep_top_ups() == 0
    assert [mail.to for mail in mailoutbox] == [["alice@example.com"]]
    assert "nothing was paid" in mailoutbox[0].body
    assert "declined" in signed_in.get("/account/").content.decode()


def test_one_top_up_at_a_time(customer, account, together, now_at):
    customer(item="pack-500", below=600, monthly_limit=100_000)
    together(lambda _: auto_top_up.sweep_top_ups(), 8)
    assert now_at(account) == (1000, 0, 0)
    assert TopUp.objects.count() == 1


def test_a_top_up_whose_process_died_is_taken_up_again(customer, account, now_at, monkeypatch):
    customer(item="pack-500", below=600, monthly_limit=2000)
    monkeypatch.setattr(auto_top_up, "attempt", lambda started: None)
    auto_top_up.sweep_top_ups()
    monkeypatch.undo()
    assert TopUp.objects.get().state == "started"
    monkeypatch.setattr(inbox, "send_on_commit", lambda task, event_id: None)
    for _ in range(2):
        auto_top_up.sweep_top_ups(timezone.now() + auto_top_up.RESUME_AFTER + timedelta(seconds=1))
    assert now_at(account) == (1000, 0, 0)


def test_a_low_balance_is_told_once_a_crossing(
    customer, account, give, mailoutbox, monkeypatch, together
):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.deliver_email(*args))
    customer(notice_below=100)
    auto_top_up.sweep_top_ups()
    assert mailoutbox == []
    for round_ in (1, 2):
        holds.hold_credits(
            account, holds.count_spendable(account), f"{round_}", lease=timedelta(minutes=5)
        )
        together(lambda _: auto_top_up.sweep_top_ups(), 4)
        auto_top_up.sweep_top_ups()
        assert len(mailoutbox) == round_
        holds.release_hold(f"{round_}", "failed")
        auto_top_up.sweep_top_ups()


def test_a_pack_that_is_no_longer_sold_stops_its_top_up_and_no_other(customer):
    wish = customer(item="pack-of-old", below=600, monthly_limit=2000)
    assert auto_top_up.sweep_top_ups() == 0
    wish.refresh_from_db()
    assert wish.stopped == "not-sold"
