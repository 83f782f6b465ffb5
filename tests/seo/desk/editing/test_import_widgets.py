import pytest
from django.core.exceptions import ValidationError

from seo.desk.editing import import_widgets

TABLE = import_widgets.Table(("question", "answer"))


def test_a_list_is_lines_of_a_cell():
    lines = import_widgets.Lines()
    assert lines.clean(" one \n\n two") == ["one", "two"]
    assert lines.render(["one", "two"]) == "one\ntwo"
    assert lines.clean(None) == []


def test_rows_come_back_as_they_went_out_but_for_bars():
    rows = [{"question": "Is it free?", "answer": "Yes.\nReally."}]
    assert TABLE.clean(TABLE.render(rows)) == rows
    assert TABLE.render([{"question": "a|b", "answer": "c"}]) == "a/b | c"


def test_a_line_with_too_few_parts_is_shown_with_what_is_wanted():
    with pytest.raises(ValidationError, match=r"“question \| answer”, not “no bar here”"):
        TABLE.clean("a | b\nno bar here")


def test_json_is_of_its_kind_or_nothing():
    widget = import_widgets.Json(dict)
    assert widget.clean("") == {}
    assert widget.clean(widget.render({"ä": 1})) == {"ä": 1}
    for wrong, words in (("{", "no JSON:"), ("[]", "no JSON dict")):
        with pytest.raises(ValidationError, match=words):
            widget.clean(wrong)
