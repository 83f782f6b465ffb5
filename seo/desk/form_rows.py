"""The rows of a page's form: sections, questions, facts, beginnings, examples."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class Row(forms.Form):
    """One of several like it; an empty one is none."""

    def is_empty(self) -> bool:
        return not any(value for value in self.cleaned_data.values())


class SectionRow(Row):
    title = forms.CharField(required=False, label="Heading")
    text = forms.CharField(required=False, widget=forms.Textarea({"rows": 4}))


class QuestionRow(Row):
    question = forms.CharField(required=False)
    answer = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The answer in its first sentence.",
    )


class FactRow(Row):
    text = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}), label="Fact")
    source = forms.URLField(required=False, assume_scheme="https")
    date = forms.DateField(
        required=False, label="Read on", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_date(self) -> str:
        day = self.cleaned_data["date"]
        return day.isoformat() if day else ""


class ExampleRow(Row):
    name = forms.CharField(widget=forms.HiddenInput)
    alt = forms.CharField(required=False, label="What it shows")
    caption = forms.CharField(required=False)
    drop = forms.BooleanField(required=False, label="Leave it out")

    def is_empty(self) -> bool:
        return bool(self.cleaned_data.pop("drop", False))


class PresetRow(Row):
    name = forms.CharField(required=False, max_length=60)
    settings = forms.CharField(
        required=False, label="Settings", help_text='As JSON: {"scene": "wood-oak"}'
    )

    def clean_settings(self) -> dict[str, Any]:
        text = self.cleaned_data["settings"]
        try:
            found = json.loads(text or "{}")
        except ValueError:
            raise ValidationError('Write it as {"scene": "wood-oak"}.') from None
        if not isinstance(found, dict):
            raise ValidationError('Write it as {"scene": "wood-oak"}.')
        return found


ROWS: dict[str, type[Row]] = {
    "sections": SectionRow,
    "questions": QuestionRow,
    "facts": FactRow,
    "presets": PresetRow,
    "examples": ExampleRow,
}
TITLES = {
    "sections": "Sections",
    "questions": "Questions people ask",
    "facts": "Facts with a source",
    "presets": "Other beginnings",
    "examples": "Examples",
}
