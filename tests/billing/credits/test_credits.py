"""Any sequence of what can happen leaves the books sound and charges what was delivered."""

from datetime import UTC, datetime, timedelta
from unittest import mock

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User, Visitor
from billing import audit
from billing.accounts import free_allowance, payers
from billing.credits import account_merge, free_spending, grants, holds
from billing.errors import (
    BillingError,
    FreeIsUsedUpError,
    OutOfCreditsError,
    TooManyGivenBackError,
)
from billing.models import Account, Bucket, FreeUse, Hold, Source

amounts = st.integers(1, 30)


class Ledger(RuleBasedStateMachine):
    """Drives an account of a user and one of a visitor, beside a model that only remembers."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.clock = mock.patch("django.utils.timezone.now", self.clock_says)
        self.clock.start()
        self.user = payers.user_account(User.objects.create_user("machine@example.com"))
        self.visitor = payers.account_of_visitor(Visitor.objects.create())
        # Another browser at the visitor's address.
        self.stranger = payers.account_of_visitor(Visitor.objects.create())
        self.granted = 0
        self.taken = {}
        self.open = {}
        self.charged = {}

    def clock_says(self):
        return self.now

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def account(self, visitor):
        return Account.objects.get(pk=(self.visitor if visitor else self.user).pk)

    @rule(amount=amounts, hours=st.none() | st.integers(1, 48), visitor=st.booleans())
    def grant(self, amount, hours, visitor):
        expires = None if hours is None else self.now + timedelta(hours=hours)
        ref = f"machine:{Bucket.objects.count()}"
        made = grants.grant_credits(
            self.account(visitor), amount, Source.PURCHASE, ref, expires=expires
        )
        assert grants.grant_credits(self.account(visitor), amount, Source.PURCHASE, ref) is None
        self.granted += amount
        self.taken[made.pk] = 0

    @rule(amount=amounts, minutes=st.integers(1, 90), visitor=st.booleans())
    def hold(self, amount, minutes, visitor):
        name = f"attempt-{Hold.objects.count()}-{self.now.timestamp()}"
        account = self.account(visitor)
        before = holds.count_spendable(account)
        try:
            with transaction.atomic():
                holds.hold_credits(account, amount, name, lease=timedelta(minutes=minutes))
        except OutOfCreditsError:
            assert before < amount
        else:
            assert before >= amount
            self.open[name] = (amount, self.now + timedelta(minutes=minutes))

    @rule(
        amount=st.integers(1, 12),
        minutes=st.integers(1, 90),
        who=st.sampled_from(["visitor", "stranger", "user"]),
    )
    def hold_with_what_is_free(self, amount, minutes, who):
        name = f"attempt-{Hold.objects.count()}-{self.now.timestamp()}"
        account = Account.objects.get(pk=getattr(self, who).pk)
        free = free_allowance.find_free_day(account, "203.0.113.7")
        before = holds.count_spendable(account)
        room = free_spending.count_room(account, free)
        try:
            with transaction.atomic():
                holds.hold_credits(
                    account, amount, name, lease=timedelta(minutes=minutes), free=free
                )
        except (OutOfCreditsError, FreeIsUsedUpError):
            assert before + room < amount
            assert holds.count_spendable(account) == before
        else:
            assert before + room >= amount
            granted = amount - (before - holds.count_spendable(account))
            assert 0 <= granted <= min(room, amount)
            left = free_spending.count_room(Account.objects.get(pk=account.pk), free)
            assert left == room - granted
            self.open[name] = (amount, self.now + timedelta(minutes=minutes))

    @rule(data=st.data(), amount=st.none() | st.integers(0, 30))
    def capture(self, data, amount):
        if not self.open:
            return
        name = data.draw(st.sampled_from(sorted(self.open)))
        held, _ = self.open.pop(name)
        charged = held if amount is None else min(amount, held)
        assert holds.capture_hold(name, charged)
        assert not holds.capture_hold(name, charged)
        self.charged[name] = (charged, self.now)

    @rule(data=st.data())
    def release(self, data):
        if self.open:
            name = data.draw(st.sampled_from(sorted(self.open)))
            del self.open[name]
            assert holds.release_hold(name, "failed")
            assert not holds.capture_hold(name)

    @rule(data=st.data())
    def give_back(self, data):
        if not self.charged:
            return
        name = data.draw(st.sampled_from(sorted(self.charged)))
        charged, at = self.charged[name]
        try:
            with transaction.atomic():
                holds.give_back(name, "edges")
        except TooManyGivenBackError:
            pass
        except BillingError:
            assert charged == 0 or self.now - at >= timedelta(hours=24)
        else:
            self.charged[name] = (0, at)

    @rule(data=st.data(), amount=amounts)
    def take_back(self, data, amount):
        if self.taken:
            pk = data.draw(st.sampled_from(sorted(self.taken)))
            bucket = Bucket.objects.get(pk=pk)
            amount = min(amount, bucket.granted - self.taken[pk])
            grants.take_back(bucket, amount, reason="refund")
            self.taken[pk] += amount

    @rule(data=st.data())
    def restore(self, data):
        taken = sorted(pk for pk, amount in self.taken.items() if amount)
        if taken:
            pk = data.draw(st.sampled_from(taken))
            ref = f"restored:{Bucket.objects.count()}:{self.now}"
            grants.restore_credits(Bucket.objects.get(pk=pk), self.taken[pk], ref, reason="won")
            self.taken[pk] = 0

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self):
        lapsed = [name for name, (_, until) in self.open.items() if until < self.now]
        assert holds.sweep_holds().lapsed == len(lapsed)
        for name in lapsed:
            del self.open[name]
            assert not holds.capture_hold(name)

    @rule()
    def merge(self):
        account_merge.merge_accounts(self.account(visitor=True), self.account(visitor=False))

    @invariant()
    def books_are_sound(self):
        assert audit.find_problems() == []

    @invariant()
    def nobody_has_more_than_a_day_of_what_is_free(self):
        of_address = FreeUse.objects.exclude(address="").values("day")
        assert all(row["most"] <= 10 for row in of_address.annotate(most=Sum("amount")))
        of_account = FreeUse.objects.values("day", "hold__account")
        assert all(row["most"] <= 10 for row in of_account.annotate(most=Sum("amount")))

    @invariant()
    def what_is_charged_was_delivered(self):
        charged = Hold.objects.filter(state="captured").values_list(
            "attempt", "captured", "returned"
        )
        found = {name: captured - returned for name, captured, returned in charged}
        assert found == {
            name: amount for name, (amount, _) in self.charged.items() if amount or name in found
        }
        held = dict(Hold.objects.filter(state="held").values_list("attempt", "amount"))
        assert held == {name: amount for name, (amount, _) in self.open.items()}


def test_any_sequence_leaves_the_books_sound(db):
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
