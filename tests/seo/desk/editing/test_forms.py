import pytest
from django.http import QueryDict

from seo.desk.editing import forms
from seo.desk.editing.form_rows import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted():
    """What the form of a page sends."""

    def posted(**said):
        data = QueryDict(mutable=True)
        for name in ROWS:
            data[f"{name}-TOTAL_FORMS"] = data[f"{name}-INITIAL_FORMS"] = "0"
        data.update({"locale": "en", "hub": "task", "tool": "remove-background", **said})
        return data

    return posted


def test_a_page_without_an_intent_is_refused(posted):
    whole = forms.Whole(posted(slug="mugs"))
    assert whole.is_refused
    assert list(whole.form.errors) == ["intent_name"]
    named = forms.Whole(posted(slug="mugs", intent_name="Mug photos"))
    assert named.is_valid()
    intent = named.form.chosen_intent()
    assert (intent.slug, intent.tool, intent.pk) == ("mug-photos", "remove-background", None)


def test_only_what_differs_from_the_tools_defaults_is_preset(posted):
    first = forms.Whole(posted(slug="mugs", intent_name="Mugs"))
    softness = first.settings.fields["softness"].initial
    for given, preset in ((softness, {}), (0.5, {"softness": 0.5}), ("very", {"softness": "very"})):
        data = posted(slug="mugs", intent_name="Mugs", **{"preset-softness": str(given)})
        whole = forms.Whole(data)
        assert whole.is_valid()
        assert {k: v for k, v in whole.words()["preset"].items() if k == "softness"} == preset


def test_a_form_shows_a_version_as_it_is(posted, written):
    version = written("mug", preset={"softness": 0.5}, file={"market": "", "format": "jpeg"})
    whole = forms.Whole(page=version.page, version=version)
    assert whole.form.initial["title"] == version.title
    assert whole.form.initial["file_market"] == forms.ANYWHERE
    assert whole.form.fields["steps"].prepare_value(version.steps) == "\n".join(version.steps)
    assert whole.settings.initial == {"softness": 0.5}
    assert whole.rows["sections"][0]["title"].value() == "What is hard about a mug"


def test_a_page_keeps_its_intent_and_language_whatever_is_sent(posted, written):
    page = written("mug").page
    other = written("shoe").page.intent
    whole = forms.Whole(posted(slug="mugs", locale="de", intent=str(other.pk)), page=page)
    assert whole.is_valid()
    assert whole.form.chosen_intent() == page.intent
    assert whole.form.cleaned_data["locale"] == "en"


def test_a_file_for_nowhere_is_told_from_none(posted):
    for market, file in (("", {}), ("anywhere", {"market": ""}), ("etsy", {"market": "etsy"})):
        whole = forms.Whole(posted(slug="mugs", intent_name="Mugs", file_market=market))
        assert whole.is_valid()
        assert whole.words()["file"] == file
