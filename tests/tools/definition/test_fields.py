import json

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tools.definition import fields
from tools.pipeline import engines

STROKE = {"keep": True, "size": 0.02, "points": [[0.1, 0.2]]}


def test_a_stroke_holds_nothing_but_what_a_stroke_has():
    (found,) = fields.Strokes().clean(
        json.dumps([{**STROKE, "hard": 0.333, "colour": "red", "whole": "yes"}])
    )
    assert found == {**STROKE, "hard": 0.33}
    (found,) = fields.Strokes().clean(json.dumps([{**STROKE, "size": 9, "hard": 3, "whole": True}]))
    assert found == {**STROKE, "size": 0.5, "whole": True}


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "{}",
        "[1]",
        '[{"keep": true}]',
        json.dumps([{**STROKE, "points": [[5, 0]]}]),
        json.dumps([{**STROKE, "points": [["a", 0]]}]),
        json.dumps([STROKE] * (fields.MAX_STROKES + 1)),
    ],
)
def test_what_is_no_stroke_is_refused(value):
    with pytest.raises(ValidationError):
        fields.Strokes().clean(value)


def test_a_value_that_needs_an_engine_is_there_only_where_it_can_be_done(monkeypatch):
    choice = fields.Choice(
        choices=[("plain", "Plain"), ("words", "Words")], needs={"words": "fill"}
    )
    monkeypatch.setattr(engines, "can_run_kind", lambda kind: kind != "fill")
    assert [value for value, _ in choice.choices] == ["plain"]
    with pytest.raises(ValidationError) as refused:
        choice.clean("words")
    assert refused.value.code == "no_engine"
    monkeypatch.setattr(engines, "can_run_kind", lambda _: True)
    assert choice.clean("words") == "words"


def test_words_are_missing_only_where_they_are_asked_for():
    always, sometimes = fields.Wish(), fields.Wish(only_with=("background", "words"))
    assert always.is_missing("wish", {"wish": ""})
    assert not sometimes.is_missing("wish", {"wish": "", "background": "colour"})
    assert sometimes.is_missing("wish", {"wish": "", "background": "words"})
    assert fields.shorten_words("a" * 100) == "a" * (fields.LONGEST_TITLE - 1) + "…"


def test_a_colour_is_written_in_one_way():
    assert fields.Colour().clean("#FFeedd") == "#ffeedd"
    for wrong in ("red", "#fff", "#ffffff;"):
        with pytest.raises(ValidationError):
            fields.Colour().clean(wrong)


@pytest.mark.parametrize("value", ["{", "[]", '{"digest": "a"}', '{"digest": "a", "width": "x"}'])
def test_what_is_no_picture_is_refused(value):
    with pytest.raises(ValidationError):
        fields.Picture(required=False).clean(value)


def test_a_picture_is_its_digest_and_size_and_nothing_else():
    given = {"digest": "a", "width": "3", "height": 4, "path": "/etc"}
    assert fields.Picture().clean(given) == {"digest": "a", "width": 3, "height": 4}
    assert fields.Picture(required=False).clean("") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("linen", ("linen", 1, "")),
        ("linen:0.5", ("linen", 0.5, "")),
        ("linen::on linen: soft", ("linen", 1, "on linen: soft")),
    ],
)
def test_a_style_is_a_file_its_weight_and_words(text, found):
    said = fields.parse_lora(text)
    assert (said["file"], said["weight"], said["trigger"]) == found


def test_a_weight_that_leaves_nothing_of_the_model_is_none():
    for wrong in ("linen:3", "linen:much", "linen:nan"):
        with pytest.raises(ValueError):  # noqa: PT011  float's own, or ours
            fields.parse_lora(wrong)


def test_a_slider_stays_between_its_ends():
    class Form(forms.Form):
        share = fields.Share(low=-1)

    assert Form({"share": "-1"}).is_valid()
    assert not Form({"share": "1.1"}).is_valid()
