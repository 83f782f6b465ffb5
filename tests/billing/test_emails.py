import pytest

from billing import emails
from billing.accounts import payers, teams
from billing.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    found = []
    monkeypatch.setattr(emails, "send_on_commit", lambda *given: found.append(given))
    return found


def test_the_first_line_of_a_text_is_its_subject(queued):
    emails.queue_email(["ada@example.com"], "\nHello\n\nTwo\nlines\n")
    assert queued == [(emails.SEND, ["ada@example.com"], "Hello", "Two\nlines")]


def test_whoever_looks_after_an_account_hears_of_it(alice, account, visitor):
    assert emails.addresses(account) == ["alice@example.com"]
    team = teams.found_team(alice, "Shop")
    assert emails.addresses(payers.team_account(alice)) == ["alice@example.com"]
    assert team.members.count() == 1


def test_who_has_no_address_gets_nothing(visitor, queued):
    emails.low_balance(payers.account_of_visitor(visitor))
    emails.low_balance(Account.objects.create(kind="team"))
    assert queued == []
