import pytest

from seo.desk.editing import form_rows
from tools.definition import registry

TOOL = registry.get_tool("remove-background")
ROW = form_rows.of_tool(TOOL)


def cleaned(row):
    assert row.is_valid(), row.errors
    return row.cleaned_data


def test_a_beginning_goes_through_its_controls_unchanged():
    begun = {"name": "Soft", "settings": {"softness": 0.5, "strokes": "[[1]]"}}
    shown = form_rows.controlled(begun, TOOL)
    data = {**shown, "kept": '{"strokes": "[[1]]"}'}
    assert cleaned(ROW(data)) == begun


def test_a_setting_that_is_left_alone_is_none_of_the_beginnings():
    assert cleaned(ROW({"name": "Plain"})) == {"name": "Plain", "settings": {}}


def test_a_setting_that_the_tool_refuses_is_refused_beside_its_control():
    row = ROW({"name": "Soft", "set_softness": "9"})
    assert not row.is_valid()
    assert list(row.errors) == ["set_softness"]


def test_a_closed_row_says_what_is_set():
    row = ROW(initial=form_rows.controlled({"settings": {"softness": 0.5}}, TOOL))
    assert "0.5" in row.told
    assert ROW(initial={}).told == ""


@pytest.mark.parametrize(
    ("kind", "data", "empty"),
    [
        (form_rows.SectionRow, {}, True),
        (form_rows.SectionRow, {"title": "a"}, False),
        (form_rows.ExampleRow, {"name": "mug"}, False),
        (form_rows.ExampleRow, {"name": "mug", "drop": "on"}, True),
    ],
)
def test_a_row_that_says_nothing_or_was_dropped_is_none(kind, data, empty):
    row = kind(data)
    assert row.is_valid()
    assert row.is_empty() is empty


def test_a_facts_day_is_kept_as_text():
    assert cleaned(form_rows.FactRow({"text": "a", "date": "2026-11-22"}))["date"] == "2026-11-22"
    assert cleaned(form_rows.FactRow({"text": "a"}))["date"] == ""
