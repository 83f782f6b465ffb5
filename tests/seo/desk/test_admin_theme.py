import pytest
from django.contrib.staticfiles import finders

from seo.desk import admin_theme

DOORS = [door for part in admin_theme.UNFOLD["SIDEBAR"]["navigation"] for door in part["items"]]


def lit(rf, path):
    return [door["title"] for door in DOORS if door["active"](rf.get(path))]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/admin/seo/keywordpage/", "Pages"),
        ("/admin/seo/keywordpage/desk/7/write/", "Pages"),
        ("/admin/seo/keywordpage/desk/version/7/gate/", "Pages"),
        ("/admin/seo/keywordpage/desk/new/", "Write a page"),
        ("/admin/", "Today"),
    ],
)
def test_one_door_is_lit_at_a_time(rf, path, title):
    assert lit(rf, path) == [title]


@pytest.mark.django_db
def test_who_may_not_look_at_money_sees_no_door_to_it(rf, marketer, lead):
    def shown(user):
        request = rf.get("/admin/")
        request.user = user
        return {door["title"] for door in DOORS if door["permission"](request)}

    assert {"Pages", "Drafts"} <= shown(marketer)
    assert "Ledger" not in shown(marketer)
    assert "Ledger" in shown(lead)


@pytest.mark.parametrize("sheet", admin_theme.SHEETS)
def test_each_sheet_of_styles_is_there(sheet):
    assert finders.find(f"desk/{sheet}.css")
