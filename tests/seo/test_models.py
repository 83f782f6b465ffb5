import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from seo.models import Intent, KeywordPage, Redirect

pytestmark = pytest.mark.django_db


def test_a_page_that_moves_leaves_one_redirect_and_takes_it_back(write):
    page = write("mugs").page
    page.slug = "cups"
    page.save()
    page.slug = "mugs"
    page.save()
    assert list(Redirect.objects.values_list("slug", flat=True)) == ["cups"]


@pytest.mark.parametrize(
    ("field", "value"), [("tool", "no-such-tool"), ("marketplace", "no-such-marketplace")]
)
def test_an_intent_names_what_is_there(field, value):
    intent = Intent(slug="mugs", name="Mugs", **{"tool": "remove-background", field: value})
    with pytest.raises(ValidationError) as refused:
        intent.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_a_page_takes_no_address_and_no_language_that_is_not_its_own(write):
    intent = write().page.intent
    with pytest.raises(ValidationError, match="another page of the site"):
        KeywordPage(intent=intent, slug="pricing").clean()
    with pytest.raises(ValidationError, match="no language called xx"):
        KeywordPage(intent=intent, slug="mugs", locale="xx").clean()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"preset": {"softness": 9}}, "preset"),
        ({"presets": [{"name": "a", "settings": {"softness": 9}}]}, "preset"),
        ({"engines": {"upscale": "embedded"}}, "engines"),
        ({"engines": {"matte": "no-such-engine"}}, "engines"),
    ],
)
def test_a_version_presets_only_what_its_tool_takes(write, words, field):
    version = write()
    for name, value in words.items():
        setattr(version, name, value)
    with pytest.raises(ValidationError) as refused:
        version.full_clean()
    assert field in refused.value.message_dict


def test_two_writers_of_one_name_are_two(write):
    ada = User.objects.create_user("ada@example.com")
    version = write()
    assert version.is_by("Ada", ada.pk)
    version.written_by = ada
    assert not version.is_by("Ada", ada.pk + 1)
    assert version.is_by("another name", ada.pk)


def test_a_link_says_a_pages_name_or_else_its_heading(write):
    assert write("mugs", name="Mugs").link_name == "Mugs"
    assert write("cups", name="").link_name == "cups heading"
