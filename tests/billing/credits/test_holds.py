from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from billing.credits import holds
from billing.errors import (
    AttemptSettledError,
    OutOfCreditsError,
)
from billing.models import Bucket, Entry, Hold, Source

LEASE = timedelta(minutes=10)


def hold(account, amount=5, attempt="one", **more):
    return holds.hold_credits(account, amount, attempt, lease=LEASE, **more)


def test_a_hold_sets_credits_aside(account, give, now_at):
    give(20)
    hold(account)
    assert now_at(account) == (15, 5, 0)


def test_a_delivered_attempt_is_charged_once(account, give, now_at):
    give(20)
    hold(account)
    assert [holds.capture_hold("one"), holds.capture_hold("one")] == [True, False]
    assert now_at(account) == (15, 0, 0)


def test_a_failed_attempt_is_refunded_once(account, give, now_at):
    give(20)
    hold(account)
    assert [holds.release_hold("one", "failed"), holds.release_hold("one", "failed")] == [
        True,
        False,
    ]
    assert holds.capture_hold("one") is False
    assert now_at(account) == (20, 0, 0)


def test_a_free_attempt_writes_nothing(account):
    assert hold(account, 0).pk is None
    assert holds.capture_hold("one") is False
    assert not Hold.objects.exists()


def test_a_price_is_never_negative(account):
    with pytest.raises(ValueError, match="not negative"):
        hold(account, -1)


def test_without_credits_nothing_is_held_and_the_error_says_how_many_lack(account, give, now_at):
    give(3)
    with pytest.raises(OutOfCreditsError) as raised:
        hold(account)
    assert (raised.value.available, raised.value.needed) == (3, 5)
    assert now_at(account) == (3, 0, 0)
    assert not Hold.objects.exists()


def test_asking_twice_for_one_attempt_holds_once(account, give, now_at):
    give(20)
    assert hold(account) == hold(account)
    assert now_at(account) == (15, 5, 0)


def test_an_attempt_at_another_price_is_another_attempt(account, give):
    give(20)
    hold(account)
    with pytest.raises(AttemptSettledError):
        hold(account, 6)


def test_a_settled_attempt_is_not_held_again(account, give):
    give(20)
    hold(account)
    holds.release_hold("one", "failed")
    with pytest.raises(AttemptSettledError):
        hold(account)


def test_a_part_of_a_batch_is_charged_and_the_rest_goes_back(account, give, now_at):
    give(20)
    hold(account, 12)
    holds.capture_hold("one", 4)
    assert now_at(account) == (16, 0, 0)
    assert Hold.objects.get().captured == 4


def test_a_batch_of_which_nothing_was_delivered_costs_nothing(account, give, now_at):
    give(20)
    hold(account, 12)
    assert holds.capture_hold("one", 0)
    assert now_at(account) == (20, 0, 0)


def test_more_than_was_held_is_never_charged(account, give, now_at):
    give(20)
    hold(account)
    with pytest.raises(IntegrityError), transaction.atomic():
        holds.capture_hold("one", 6)
    assert now_at(account) == (15, 5, 0)


def test_what_expires_first_is_spent_first(account, give, clock):
    kept = give(10)
    sooner = give(10, Source.FREE, expires=clock.now + timedelta(days=1))
    later = give(10, expires=clock.now + timedelta(days=9))
    hold(account, 12)
    held = {bucket.pk: bucket.held for bucket in Bucket.objects.all()}
    assert held == {sooner.pk: 10, later.pk: 2, kept.pk: 0}


def test_of_two_with_one_expiry_the_lower_priority_number_goes_first(account, give, clock):
    end = clock.now + timedelta(days=1)
    give(10, expires=end)
    first = give(10, expires=end, priority=10)
    hold(account, 5)
    assert Bucket.objects.get(held=5) == first


def test_a_part_charge_spends_what_expires_first(account, give, clock):
    give(10)
    sooner = give(2, expires=clock.now + timedelta(days=1))
    hold(account, 6)
    holds.capture_hold("one", 3)
    sooner.refresh_from_db()
    assert (sooner.consumed, sooner.held) == (2, 0)


def test_expired_credits_are_not_spent_even_before_the_sweep(account, give, clock, now_at):
    give(10, expires=clock.now + timedelta(hours=1))
    clock.passes(hours=1)
    assert holds.count_spendable(account) == 0
    with pytest.raises(OutOfCreditsError) as raised:
        hold(account)
    assert raised.value.available == 0
    assert now_at(account) == (10, 0, 0)


def test_expired_credits_do_not_stand_in_the_way_of_good_ones(account, give, clock):
    give(10, expires=clock.now + timedelta(hours=1))
    good = give(10)
    clock.passes(hours=2)
    hold(account)
    good.refresh_from_db()
    assert good.held == 5


def test_the_sweep_expires_what_is_past_its_date(account, give, clock, now_at):
    bucket = give(10, expires=clock.now + timedelta(hours=1))
    clock.passes(hours=1)
    assert holds.sweep_holds().expired == 10
    assert holds.sweep_holds().expired == 0
    bucket.refresh_from_db()
    assert (bucket.expired, now_at(account)) == (10, (0, 0, 0))


def test_release_after_expiry_does_not_revive_credits(account, give, clock, now_at):
    bucket = give(10, expires=clock.now + timedelta(minutes=5))
    hold(account)
    clock.passes(minutes=6)
    holds.release_hold("one", "failed")
    bucket.refresh_from_db()
    assert (bucket.expired, bucket.available) == (5, 5)
    holds.sweep_holds()
    assert now_at(account) == (0, 0, 0)


def test_a_hold_lapses_when_its_lease_ends(account, give, clock, now_at):
    give(20)
    hold(account)
    clock.passes(minutes=9)
    assert holds.sweep_holds().lapsed == 0
    clock.passes(minutes=2)
    assert holds.sweep_holds().lapsed == 1
    assert now_at(account) == (20, 0, 0)


def test_an_extended_hold_does_not_lapse(account, give, clock):
    give(20)
    hold(account)
    clock.passes(minutes=9)
    assert holds.extend_hold("one", LEASE)
    clock.passes(minutes=9)
    assert holds.sweep_holds().lapsed == 0
    assert holds.capture_hold("one")
    assert not holds.extend_hold("one", LEASE)


def test_a_hold_extended_while_the_sweep_is_at_work_is_left_alone(account, give, clock):
    give(20)
    hold(account)
    clock.passes(minutes=11)
    holds.extend_hold("one", LEASE)
    assert holds.finish("one", Hold.State.LAPSED, charge=0, now=clock.now) is False


def test_a_late_result_is_delivered_not_charged_and_logged(account, give, clock, now_at, caplog):
    give(20)
    hold(account)
    clock.passes(minutes=11)
    holds.sweep_holds()
    assert [holds.capture_hold("one"), holds.capture_hold("one")] == [False, False]
    assert now_at(account) == (20, 0, 0)
    assert Hold.objects.get().late
    assert [record.message.split(";")[1] for record in caplog.records] == [" not charged"]


@pytest.mark.parametrize("change", ["UPDATE billing_entry SET amount = 1", "DELETE"])
def test_an_entry_is_never_changed(give, change):
    give(20)
    if change == "DELETE":
        if connection.vendor == "sqlite":
            pytest.skip("emptying a test database on SQLite is deleting")
        change = "DELETE FROM billing_entry"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.get().amount == 20
