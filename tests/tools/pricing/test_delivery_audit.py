"""What was delivered was captured, and what was captured was delivered."""

import pytest

from billing import audit
from billing.models import Hold
from tools.models import Attempt
from tools.workers import cpu


@pytest.fixture
def delivered(browser, photo):
    browser.post("/attempts/", {"tool": "remove-background", "photo": str(photo.pk)})
    cpu.work_once()
    return Attempt.objects.get()


def test_a_delivery_that_was_paid_for_is_sound(delivered):
    assert audit.find_problems() == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"status": "failed"}, "captured and not delivered"),
        ({"price": 7}, "captured other than its price"),
    ],
)
def test_a_charge_that_does_not_fit_its_attempt_is_found(delivered, change, what):
    Attempt.objects.update(**change)
    assert [problem.what for problem in audit.find_problems()] == [what]


def test_a_delivery_that_nobody_paid_for_is_found(delivered):
    Hold.objects.update(state="released", captured=0)
    assert "delivered and not captured" in {problem.what for problem in audit.find_problems()}
