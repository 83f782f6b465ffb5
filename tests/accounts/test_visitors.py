import pytest

from accounts.models import User, Visitor
from accounts.visitors import COOKIE
from billing.accounts import payers

pytestmark = pytest.mark.django_db


def test_who_is_new_comes_in_by_a_code_that_comes_by_mail(browser, visitor, door, with_code):
    with_code(door())
    user = User.objects.get()
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert user.emailaddress_set.get().verified
    visitor.refresh_from_db()
    assert visitor.user == user


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/"])
def test_every_other_way_in_leads_to_the_one_door(client, path):
    assert client.get(f"/accounts/{path}")["Location"] == "/accounts/login/code/"


def test_a_page_knows_by_a_cookie_whether_there_is_a_balance_to_ask_for(browser, door, with_code):
    assert with_code(door()).cookies["known"].value == "1"
    browser.post("/accounts/logout/")
    assert browser.cookies["known"].value == ""


def test_photos_come_along(browser, photo, door, with_code):
    with_code(door())
    assert [item["id"] for item in browser.get("/mine/").json()["photos"]] == [str(photo.pk)]


def test_who_signs_out_leaves_nothing_behind(browser, photo, door, with_code):
    with_code(door())
    browser.post("/accounts/logout/")
    assert browser.cookies[COOKIE].value == ""
    assert browser.get("/mine/").json()["photos"] == []


def test_who_signs_in_second_does_not_see_the_first_ones_photos(browser, photo, visitor):
    Visitor.objects.update(user=User.objects.create_user("first@example.com"))
    browser.force_login(User.objects.create_user("second@example.com"))
    assert browser.get("/mine/").json()["photos"] == []


def test_their_credits_are_their_accounts(visitor, door, with_code):
    with_code(door())
    visitor.refresh_from_db()
    assert payers.account_of_visitor(visitor).user == User.objects.get()


def test_the_cookie_of_who_has_an_account_is_no_login(browser, visitor, photo, other, says):
    """Copied before or kept after: it shows nothing, and nothing is paid for by it."""
    from tests.cookies import signed

    user = User.objects.create_user("ada@example.com")
    browser.force_login(user)
    payers.signed_in(visitor, user)
    mine = f"/photos/{photo.pk}/"
    assert browser.get("/mine/").json()["photos"]
    other.cookies[COOKIE] = signed(COOKIE, str(visitor.pk))
    assert other.get("/mine/").json()["photos"] == []
    assert (
        other.post("/attempts/", {"photo": photo.pk, "tool": "remove-background"}).status_code
        == 404
    )
    assert other.post(f"{mine}delete/").status_code == 404
    assert "When credits run low" not in other.get("/account/").content.decode()
    other.force_login(User.objects.create_user("eve@example.com"))
    assert other.get("/mine/").json()["photos"] == []
