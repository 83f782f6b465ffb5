import pytest
from django.db import IntegrityError, transaction

from billing.accounts import payers, teams
from billing.models import Account, Bucket

pytestmark = pytest.mark.django_db


def test_an_account_is_named_after_whose_it_is(alice, account, visitor):
    assert str(account) == "alice@example.com"
    teams.found_team(alice, "Shop")
    assert str(payers.team_account(alice)) == "Shop"
    assert str(visitor.pk) not in str(payers.account_of_visitor(visitor))


def test_a_wrong_balance_cannot_be_written(account, give):
    bucket = give(5)
    for rows in (Account.objects.filter(pk=account.pk), Bucket.objects.filter(pk=bucket.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(available=-1)
