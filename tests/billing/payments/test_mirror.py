import pytest

from billing.errors import NotYetError
from billing.models import Subscription
from billing.payments import mirror

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(account):
    def fields(status):
        return {"account": account, "item": "plan-seller", "status": status}

    return fields


def read():
    return Subscription.objects.values_list("status", "version").get()


def test_a_row_repeats_what_was_answered_last(fields):
    for status in ("active", "canceled"):
        mirror.converge(Subscription, "sub_1", lambda status=status: fields(status))
    assert read() == ("canceled", 2)


def test_whoever_was_overtaken_while_asking_asks_again(fields):
    mirror.converge(Subscription, "sub_1", lambda: fields("active"))
    answers = iter(["late", "canceled"])

    def fetch():
        status = next(answers)
        if status == "late":
            # Another worker heard something newer meanwhile, and wrote it.
            mirror.converge(Subscription, "sub_1", lambda: fields("past_due"))
        return fields(status)

    mirror.converge(Subscription, "sub_1", fetch)
    assert read() == ("canceled", 3)


def test_a_row_that_never_holds_still_is_tried_later(fields):
    mirror.converge(Subscription, "sub_1", lambda: fields("active"))

    def fetch():
        Subscription.objects.update(version=Subscription.objects.get().version + 1)
        return fields("canceled")

    with pytest.raises(NotYetError):
        mirror.converge(Subscription, "sub_1", fetch)
    assert read()[0] == "active"
