import pytest
from django.core.management import CommandError, call_command

from billing.models import Purchase, Source

pytestmark = pytest.mark.django_db


def test_credits_of_the_test_checkout_are_found_and_swept_once_money_is_real(
    account, give, now_at, settings, capsys
):
    bought = give(500, Source.PURCHASE)
    Purchase.objects.create(
        ref="cs:cs_local_1",
        account=account,
        bucket=bought,
        item="pack-500",
        credits=500,
        paid=500,
        currency="usd",
        till="local",
    )
    give(20)
    settings.STRIPE_SECRET_KEY = ""
    call_command("sweep_local_credits")
    assert "500 credits" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("sweep_local_credits", "--yes")
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    call_command("sweep_local_credits", "--yes")
    assert now_at(account) == (20, 0, 0)
