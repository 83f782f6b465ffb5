import re

import pytest
from django.core import mail

from accounts.models import User, Visitor
from accounts.visitors import COOKIE
from billing import payers

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.com"


@pytest.fixture
def with_code(browser):
    """Type the code of the last letter into the page that asks for it."""

    def with_code(answer):
        code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]
        return browser.post(answer["Location"], {"code": code, "action": "verify"})

    return with_code


def test_one_signs_up_by_a_code_that_comes_by_mail(browser, visitor, with_code):
    with_code(browser.post("/accounts/signup/", {"email": ADDRESS}))
    user = User.objects.get()
    assert browser.session["_auth_user_id"] == str(user.pk)
    visitor.refresh_from_db()
    assert visitor.user == user


def test_one_signs_in_by_a_code(browser, visitor, with_code):
    user = User.objects.create_user(ADDRESS)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    with_code(browser.post("/accounts/login/code/", {"email": ADDRESS}))
    visitor.refresh_from_db()
    assert visitor.user == user


def test_photos_come_along(browser, photo, with_code):
    with_code(browser.post("/accounts/signup/", {"email": ADDRESS}))
    assert [item["id"] for item in browser.get("/mine/").json()["photos"]] == [str(photo.pk)]


def test_who_signs_out_leaves_nothing_behind(browser, photo, with_code):
    with_code(browser.post("/accounts/signup/", {"email": ADDRESS}))
    browser.post("/accounts/logout/")
    assert browser.cookies[COOKIE].value == ""
    assert browser.get("/mine/").json()["photos"] == []


def test_who_signs_in_second_does_not_see_the_first_ones_photos(browser, photo, visitor):
    Visitor.objects.update(user=User.objects.create_user("first@example.com"))
    browser.force_login(User.objects.create_user("second@example.com"))
    assert browser.get("/mine/").json()["photos"] == []


def test_their_credits_are_their_accounts(browser, visitor, with_code):
    with_code(browser.post("/accounts/signup/", {"email": ADDRESS}))
    visitor.refresh_from_db()
    assert payers.account_for(visitor).user == User.objects.get()
