import re

import pytest
from django.core.management import call_command

from accounts.models import User
from seo.desk import marketers

pytestmark = pytest.mark.django_db


def test_a_password_is_printed_once_and_opens_the_desk(capsys):
    marketers.ensure_marketers()
    call_command("marketer", "mark@example.com", "--name", "Mark")
    password = re.search(r"password (\S+)\.$", capsys.readouterr().out.strip())[1]
    assert User.objects.get(name="Mark").check_password(password)
    call_command("marketer", "mark@example.com", "--admin")
    assert "there was" in capsys.readouterr().out
    assert User.objects.get().is_superuser
    assert User.objects.get().check_password(password)
