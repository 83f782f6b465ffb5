import re

import pytest
from django.core import mail

from accounts.models import User

pytestmark = pytest.mark.django_db


ADDRESS = "ada@example.com"


def test_who_has_been_here_comes_in_by_the_same_door(browser, visitor, door, with_code):
    user = User.objects.create_user(ADDRESS)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    with_code(door("Ada@Example.com"))
    visitor.refresh_from_db()
    assert visitor.user == user


def test_nobody_learns_who_has_an_account(browser, other):
    known = User.objects.create_user(ADDRESS)
    known.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    pages = []
    for client, address in ((browser, ADDRESS), (other, "bob@example.com")):
        asked = client.post("/accounts/login/code/", {"email": address}, follow=True)
        pages.append(asked.content.decode().replace(address, ""))
    assert pages[0] == pages[1]


def test_who_was_shut_out_stays_out(door):
    User.objects.create_user(ADDRESS, is_active=False)
    door()
    assert not re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)
