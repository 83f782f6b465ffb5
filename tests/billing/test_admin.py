"""The ledger as we see it."""

from datetime import timedelta

import pytest

from accounts.models import User
from billing.credits import holds
from billing.models import Entry
from tests.billing.browsing import as_browser, text

LEASE = timedelta(minutes=10)


@pytest.fixture
def browser(alice):
    return as_browser(alice)


def deliver(account, attempt="one", amount=5, **note):
    holds.hold_credits(account, amount, attempt, lease=LEASE, note=note)
    holds.capture_hold(attempt)


@pytest.fixture
def staff():
    return User.objects.create_superuser("desk@example.com", "secret")


def test_the_admin_shows_the_ledger_and_changes_nothing(staff, account, give):
    give(20)
    deliver(account)
    desk = as_browser(staff)
    for name in ("account", "bucket", "hold", "entry", "purchase", "stripeevent", "auditrun"):
        assert desk.get(f"/admin/billing/{name}/").status_code == 200
        assert desk.get(f"/admin/billing/{name}/add/").status_code == 403
    entry = Entry.objects.first().pk
    assert desk.post(f"/admin/billing/entry/{entry}/change/", {"amount": 1}).status_code == 403
    assert desk.post(f"/admin/billing/entry/{entry}/delete/", {"post": "yes"}).status_code == 403
    assert "Grant or adjust" in text(desk.get(f"/admin/billing/account/{account.pk}/change/"))


@pytest.mark.parametrize(("amount", "left"), [(30, 50), (-5, 15), (-50, 0)])
def test_a_grant_by_hand_has_a_name_and_a_reason_and_counts_once(
    staff, account, give, now_at, amount, left
):
    give(20)
    desk, url = as_browser(staff), f"/admin/billing/account/{account.pk}/adjust/"
    assert desk.post(url, {"ref": "r1", "amount": amount, "reason": ""}).status_code == 200
    for _ in range(2):
        desk.post(url, {"ref": "r1", "amount": amount, "reason": "sorry"})
    assert now_at(account) == (left, 0, 0)
    by_hand = Entry.objects.exclude(actor="").get()
    assert by_hand.actor == str(staff)
    assert "sorry" in by_hand.reason


def test_a_clerk_who_may_only_look_adjusts_nothing(account):
    clerk = User.objects.create_user("clerk@example.com", is_staff=True)
    answer = as_browser(clerk).get(f"/admin/billing/account/{account.pk}/adjust/")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("amount", "said"),
    [(-5, "-5 credits."), (-50, "-20 credits, and not -50"), (10**12, "less than or equal")],
)
def test_the_admin_says_what_was_moved_and_refuses_slips(staff, account, give, amount, said):
    give(20)
    url = f"/admin/billing/account/{account.pk}/adjust/"
    form = {"ref": "r1", "amount": amount, "reason": "sorry"}
    assert said in text(as_browser(staff).post(url, form, follow=True))


def test_taking_away_twice_for_the_same_reason_is_twice(staff, account, give, now_at):
    give(20)
    url = f"/admin/billing/account/{account.pk}/adjust/"
    for ref in ("r1", "r2"):
        as_browser(staff).post(url, {"ref": ref, "amount": -5, "reason": "moved house"})
    assert now_at(account) == (10, 0, 0)
