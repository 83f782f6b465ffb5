"""Who may do what with a team's money: every endpoint, every role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from billing import urls
from billing.accounts import api_keys, free_allowance, payers, teams
from billing.credits import grants, holds
from billing.errors import CapReachedError, TooManyInvitedError
from billing.models import Account, ApiKey, Customer, Member, Order, Source
from billing.payments import local_gateway
from tests.billing.browsing import as_browser, said, text

LEASE = timedelta(minutes=10)
ROLES = ["owner", "billing", "member", "stranger"]
MONEY, PEOPLE, OWN = {"owner", "billing"}, {"owner"}, set(ROLES)
# Who may, and what a form sends. A stranger's account is their own: what they do there is theirs.
TABLE = {
    "pricing": (OWN, None),
    "checkout": (MONEY, {"item": "pack-500"}),
    "account": (OWN, None),
    "balance": (OWN, None),
    "checkout-return": (OWN, None),
    "history-csv": (OWN, None),
    "refund": (OWN, {"attempt": "theirs", "reason": "edges"}),
    "keep-plan": (MONEY, {}),
    "change-plan": (MONEY, {"plan": "plan-shop"}),
    "spending-limit": (MONEY, {"monthly_cap": "7"}),
    "auto-top-up": (MONEY, {"notice_below": "3"}),
    "billing-portal": (MONEY, {}),
    "delete-account": (OWN, {}),
    "api-key-create": (MONEY, {"name": "Shop"}),
    "api-key-revoke": (MONEY, {}),
    "team-create": (OWN, {"name": "Another"}),
    "team-invite": (PEOPLE, {"email": "new@example.com"}),
    "team-payer": (OWN, {"member": ""}),
    "team-member": (PEOPLE, {"role": "member"}),
    "team-join": (OWN, {}),
    "team-leave": (PEOPLE, {}),
    "stripe-webhook": (None, None),
    "local-checkout": (None, None),
    "local-invoice": (None, None),
    "local-billing-portal": (MONEY, {"do": "card"}),
}
# Forms about the team and its rows: to strangers there is no such thing.
BY_ROW = {"team-invite", "team-member", "team-leave", "local-billing-portal"}


class Crew:
    """A team with somebody in every role, and a stranger."""

    def __init__(self, founder):
        self.team = teams.found_team(founder, "Crew")
        self.account = Account.objects.get(team=self.team)
        self.people = {"owner": founder}
        for role in ("billing", "member"):
            self.people[role] = self.join(f"{role}@example.com", role)
        self.people["stranger"] = User.objects.create_user("stranger@example.com")

    def join(self, email, role="member"):
        user = User.objects.create_user(email)
        teams.invite_member(self.team, email)
        teams.accept_invitation(user, Member.objects.get(email=email).pk)
        Member.objects.filter(user=user).update(role=role)
        return user

    def place(self, role):
        return Member.objects.get(team=self.team, user=self.people[role])


@pytest.fixture
def crew(alice, settings):
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    return Crew(alice)


def test_every_endpoint_is_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(TABLE)


def address_of(name, crew):
    """The endpoint's address, about a row of the team's."""
    pattern = next(each for each in urls.urlpatterns if each.name == name)
    pk = Member.objects.create(team=crew.team, email="idle@example.com").pk
    customer = local_gateway.LocalGateway().customer(crew.account.pk, "alice@example.com")
    Customer.objects.get_or_create(id=customer, account=crew.account)
    path = str(pattern.pattern).replace("<number:pk>", str(pk))
    return "/" + path.replace("<str:pk>", customer)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [name for name, (who, _) in TABLE.items() if who is not None])
def test_an_endpoint_of_money_is_for_whom_the_table_says(crew, name, role):
    allowed, sent = TABLE[name]
    browser, address = as_browser(crew.people[role]), address_of(name, crew)
    answer = browser.get(address) if sent is None else browser.post(address, sent)
    if role == "stranger" and name in BY_ROW:
        assert answer.status_code in (403, 404)
    elif role in allowed or role == "stranger":
        assert answer.status_code in (200, 302)
    else:
        assert answer.status_code == 403
        assert not Order.objects.exists()


def test_a_member_is_told_why_and_what_to_do(crew):
    answer = as_browser(crew.people["member"]).post("/pricing/buy/", {"item": "plan-shop"})
    assert "who looks after the team" in text(answer)
    assert "pay yourself" in text(answer)


def test_a_member_is_not_shown_the_forms_of_money(crew):
    page = as_browser(crew.people["member"]).get("/account/").content.decode()
    assert "/account/invoices/" not in page
    assert "/account/team/invite/" not in page
    assert (
        "/account/invoices/" in as_browser(crew.people["billing"]).get("/account/").content.decode()
    )


def deliver(crew, role, attempt, amount=5):
    holds.hold_credits(crew.account, amount, attempt, lease=LEASE, user=crew.people[role])
    holds.capture_hold(attempt)


@pytest.fixture
def spent(crew):
    """What two members have spent of the team's."""
    grants.grant_credits(crew.account, 100, Source.PURCHASE, "bought")
    deliver(crew, "member", "mine", 3)
    deliver(crew, "owner", "theirs", 4)
    return crew


def test_a_member_sees_their_own_rows_and_who_pays_sees_all(spent):
    lines = as_browser(spent.people["member"]).get("/account/credits.csv").getvalue().decode()
    assert "mine" in lines
    assert "theirs" not in lines
    assert "bought" not in lines
    everything = as_browser(spent.people["billing"]).get("/account/credits.csv")
    assert everything.getvalue().decode().count("theirs") == 1


def test_nobody_gives_back_anothers_result(spent):
    form = {"attempt": "theirs", "reason": "edges"}
    for role in ("member", "billing"):
        assert "not on your account" in said(
            as_browser(spent.people[role]), "/account/credits-back/", form
        )
    assert "are back" in said(as_browser(spent.people["owner"]), "/account/credits-back/", form)


def test_a_members_cap_holds_for_what_they_and_their_keys_spend(crew):
    grants.grant_credits(crew.account, 100, Source.PURCHASE, "bought")
    place, browser = crew.place("member"), as_browser(crew.people["owner"])
    form = {"role": "member", "monthly_cap": "6"}
    assert "Saved" in said(browser, f"/account/team/{place.pk}/", form)
    deliver(crew, "member", "one", 4)
    key, _ = api_keys.issue_key(crew.account, "Shop", user=crew.people["member"])
    with pytest.raises(CapReachedError):
        holds.hold_credits(crew.account, 3, "two", lease=LEASE, key=key)
    holds.hold_credits(crew.account, 2, "three", lease=LEASE, key=key)
    deliver(crew, "owner", "four", 50)


def test_a_key_dies_with_the_membership_of_whose_it_is(crew):
    key, secret = api_keys.issue_key(crew.account, "Shop", user=crew.people["member"])
    _, others = api_keys.issue_key(crew.account, "Shop", user=crew.people["owner"])
    assert api_keys.find(secret) == key
    teams.leave_team(crew.place("member"))
    assert api_keys.find(secret) is None
    assert ApiKey.objects.get(pk=key.pk).revoked
    assert api_keys.find(others) is not None


def test_a_key_of_somebody_who_is_gone_from_the_rows_does_not_spend(crew):
    _, secret = api_keys.issue_key(crew.account, "Shop", user=crew.people["member"])
    Member.objects.filter(user=crew.people["member"]).delete()
    assert api_keys.find(secret) is None


def test_a_key_that_is_made_is_whose_who_made_it(crew):
    as_browser(crew.people["billing"]).post("/account/keys/", {"name": "Shop"})
    assert ApiKey.objects.get().user == crew.people["billing"]


def test_ownership_is_shared_and_handed_on_but_never_lost(crew):
    browser = as_browser(crew.people["owner"])
    mine, theirs = crew.place("owner"), crew.place("member")
    assert "at least one owner" in said(browser, f"/account/team/{mine.pk}/", {"role": "member"})
    assert "Saved" in said(browser, f"/account/team/{theirs.pk}/", {"role": "owner"})
    assert "Saved" in said(browser, f"/account/team/{mine.pk}/", {"role": "billing"})
    assert crew.place("member").role == "owner"
    assert browser.post("/account/team/invite/", {"email": "x@y.z"}).status_code == 403


def test_who_has_not_joined_has_no_role(crew):
    asked = Member.objects.create(team=crew.team, email="asked@example.com")
    assert not teams.set_role(asked, Member.Role.OWNER)
    assert Member.objects.get(pk=asked.pk).role == "member"


def test_invitations_are_limited_by_the_day_though_people_are_sent_away_again(crew, settings):
    settings.BILLING_LIMITS = {"invitations_a_day": 4}
    # Two are here already.
    for turn in range(2):
        assert teams.invite_member(crew.team, f"{turn}@example.com")
        teams.leave_team(Member.objects.get(email=f"{turn}@example.com"))
    with pytest.raises(TooManyInvitedError):
        teams.invite_member(crew.team, "more@example.com")
    browser = as_browser(crew.people["owner"])
    form = {"email": "more@example.com"}
    assert "enough people for today" in said(browser, "/account/team/invite/", form)


def test_a_team_is_full_and_one_owns_only_so_many(crew, settings):
    settings.BILLING_LIMITS = {"members_a_team": 3, "teams_a_user": 1}
    with pytest.raises(TooManyInvitedError):
        teams.invite_member(crew.team, "more@example.com")
    browser = as_browser(crew.people["owner"])
    assert "as many teams" in said(browser, "/account/team/", {"name": "More"})
    assert payers.account_of_user(crew.people["owner"]) == crew.account


def test_a_member_has_the_days_free_credits_when_the_team_has_none(crew, settings):
    settings.BILLING_LIMITS = {"free_a_visitor": 10}
    member = crew.people["member"]
    browser = as_browser(member)
    assert browser.get("/account/balance/").json()["available"] == 10
    free = free_allowance.find_free_day(crew.account, "10.0.0.1", member)
    holds.hold_credits(crew.account, 6, "one", lease=LEASE, user=member, free=free)
    holds.capture_hold("one")
    own = free_allowance.find_free_day(payers.user_account(member), "10.0.0.1", member)
    # The same day's, whichever account would pay the rest.
    assert free_allowance.count_spendable(payers.user_account(member), own) == 4
    assert free_allowance.count_spendable(crew.account, free) == 4
    grants.grant_credits(crew.account, 100, Source.PURCHASE, "bought")
    holds.hold_credits(crew.account, 50, "two", lease=LEASE, user=member, free=free)
    assert Account.objects.get(pk=crew.account.pk).available == 50
    assert timezone.now() < free.midnight
