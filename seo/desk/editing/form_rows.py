"""Form rows of a page: sections, questions, facts, beginnings, examples."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from tools.definition.registry import Tool

SET = "set_"
AS_IT_IS = "As on the page"
EMPTY: tuple[Any, ...] = (None, "")
YES_NO = {"yes": True, "no": False}


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
    limit = forms.BooleanField(required=False, label="It shows what cannot be done (under Limits)")
    drop = forms.BooleanField(required=False, label="Leave it out")

    def is_empty(self) -> bool:
        if not self.cleaned_data.get("limit"):
            self.cleaned_data.pop("limit", None)
        return bool(self.cleaned_data.pop("drop", False))


class PresetRow(Row):
    """A beginning: its name, and a control for each of the tool's settings that it may change.

    Its data are as a version keeps them, {"name": …, "settings": {…}}; `of_tool` has the controls.
    """

    name = forms.CharField(required=False, max_length=60, help_text="Empty: as its settings say.")
    # What has no control here, such as a place in the picture: it goes along as it is.
    kept = forms.JSONField(required=False, widget=forms.HiddenInput)
    controls: ClassVar[Mapping[str, forms.Field]] = {}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        settings = dict(found.get("kept") or {})
        for name, control in self.controls.items():
            value = found.get(SET + name)
            if value in EMPTY:
                continue
            try:
                settings[name] = control.clean(YES_NO.get(str(value), value))
            except ValidationError as error:
                self.add_error(SET + name, error)
        return {"name": found.get("name", ""), "settings": settings}

    @property
    def told(self) -> str:
        """What is set, in words: what a row says while it is closed."""
        said = []
        for field in self.settings:
            value = field.value()
            if value not in EMPTY:
                choices = dict(getattr(field.field, "choices", ()))
                said.append(f"{field.label}: {choices.get(value, value)}")
        return ", ".join(said)

    @property
    def settings(self) -> list[Any]:
        return [field for field in self if field.name.startswith(SET)]


def of_tool(tool: Tool) -> type[PresetRow]:
    """The row of a beginning of this tool."""
    shown = {n: field for n, field in tool.form.base_fields.items() if not field.widget.is_hidden}
    body = {SET + name: optional(field) for name, field in shown.items()}
    return type("BeginningRow", (PresetRow,), {"controls": shown, **body})


def optional(field: forms.Field) -> forms.Field:
    """A control that leaves the setting as the page has it, too."""
    label = field.label
    if isinstance(field, forms.BooleanField):
        choices = [("", AS_IT_IS), ("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(choices=choices, required=False, label=label)
    if isinstance(field, forms.ChoiceField):
        flat: Any = field.choices
        return forms.ChoiceField(choices=[("", AS_IT_IS), *flat], required=False, label=label)
    hint = {"placeholder": AS_IT_IS}
    if isinstance(field, forms.FloatField):
        ends: Any = {"min_value": field.min_value, "max_value": field.max_value}
        widget = forms.NumberInput({**hint, "step": field.widget.attrs.get("step", "any")})
        return forms.FloatField(required=False, label=label, widget=widget, **ends)
    return forms.CharField(required=False, label=label, widget=forms.TextInput(hint))


def controlled(row: Mapping[str, Any], tool: Tool) -> dict[str, Any]:
    """A beginning, as its row's controls show it."""
    shown = {n for n, field in tool.form.base_fields.items() if not field.widget.is_hidden}
    settings = dict(row.get("settings", {}))
    kept = {name: settings.pop(name) for name in set(settings) - shown}
    words = {True: "yes", False: "no"}
    told = {SET + n: words[v] if isinstance(v, bool) else v for n, v in settings.items()}
    return {"name": row.get("name", ""), "kept": kept, **told}


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
