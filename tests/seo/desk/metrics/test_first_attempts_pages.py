import pytest

from seo.desk.editing.forms import Whole
from seo.models import Version

pytestmark = pytest.mark.django_db
OAK = {"name": "Oak table", "settings": {"scene": "wood-oak", "strength": 0.5, "x": 0.4}}


@pytest.fixture
def version(written):
    version = written("mug", presets=[OAK, {"name": "", "settings": {"shadow": "hard"}}])
    version.page.intent.tool = "add-background"
    version.page.intent.save()
    return version


def sent(rows):
    """What a browser sends of rows that nobody has touched."""
    fields = [field for row in (rows.management_form, *rows) for field in row]
    told = {field.html_name: field.as_widget() for field in fields}
    values = {field.html_name: field.value() for field in fields}
    kept = {name: "" if value is None else value for name, value in values.items()}
    assert set(told) == set(kept)
    return kept


def test_beginnings_are_chosen_not_typed_and_come_back_as_they_were(version):
    rows = Whole(page=version.page, version=version).rows["presets"]
    again = Whole(sent(rows), page=version.page).rows["presets"]
    assert again.is_valid(), again.errors
    assert [row.cleaned_data for row in again if not row.is_empty()] == version.presets


def test_a_beginning_offers_the_settings_of_the_pages_own_tool(desk, version):
    screen = desk.get(f"/admin/seo/keywordpage/desk/{version.page_id}/write/").content.decode()
    assert '<select name="presets-0-set_scene"' in screen
    assert "JSON" not in screen
    other = desk.get("/admin/seo/keywordpage/desk/settings/?tool=enhance-photo").content.decode()
    assert '<select name="presets-0-set_auto"' in other
    assert "set_scene" not in other


def test_a_beginning_that_cannot_be_is_refused_in_its_row(version):
    rows = Whole(page=version.page, version=version).rows["presets"]
    data = sent(rows) | {"presets-0-set_colour": "red", "presets-0-set_strength": "2"}
    again = Whole(data, page=version.page).rows["presets"]
    assert not again.is_valid()
    assert set(again.errors[0]) == {"set_colour", "set_strength"}
    assert Version.objects.get(pk=version.pk).presets[0] == OAK
