from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import tasks
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_address_that_was_never_proved_is_forgotten(door, other, with_code):
    with_code(door())
    door("typo@example.com", by=other)
    User.objects.create_user("staff@example.com", is_staff=True)
    User.objects.update(joined=timezone.now() - timedelta(days=2))
    assert tasks.forget_strangers() == 1
    assert not User.objects.filter(email="typo@example.com").exists()
