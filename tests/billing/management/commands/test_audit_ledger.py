import pytest
from django.core.management import CommandError, call_command

from billing.models import Account

pytestmark = pytest.mark.django_db


def test_sound_books_are_said_to_be_sound(capsys):
    call_command("audit_ledger")
    assert capsys.readouterr().out == "The ledger is sound.\n"


def test_books_that_are_not_end_the_command_with_the_rows(account, capsys):
    Account.objects.filter(pk=account.pk).update(available=5)
    with pytest.raises(CommandError, match=r"not sound: \d rows"):
        call_command("audit_ledger")
    assert "account differs from its buckets" in capsys.readouterr().err
    Account.objects.filter(pk=account.pk).update(available=0)
