"""Form fields that the tools' settings are made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.json_reading import parse_json
from tools.pipeline import engines
from tools.pipeline.weights import places

MAX_WORDS = 500
LONGEST_TITLE = 40
MAX_STROKES = 500
MAX_POINTS = 5000
# Beyond this a LoRA leaves nothing of the model that it was made for.
HEAVIEST = 2


class Share(forms.FloatField):
    """A slider from nothing to all; the value is a share of one."""

    def __init__(
        self, *, low: float = 0, high: float = 1, step: float = 0.01, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", forms.NumberInput(attrs={"type": "range"}))
        super().__init__(min_value=low, max_value=high, step_size=None, **kwargs)
        self.widget.attrs["step"] = step


class Choice(forms.ChoiceField):
    """A choice of which some values need a kind of engine: `needs` names it. They are there, and may
    be asked for, only where the server can do such a step.
    """

    def __init__(
        self,
        *,
        choices: Sequence[tuple[str, Any]],
        needs: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        self.needs = needs
        super().__init__(choices=lambda: [item for item in choices if self.has(item[0])], **kwargs)

    def has(self, value: str) -> bool:
        return value not in self.needs or engines.can_run_kind(self.needs[value])

    def validate(self, value: Any) -> None:
        if not self.has(value):
            raise ValidationError(
                _("This server has no engine that can do that."), code="no_engine"
            )
        super().validate(value)


class Wish(forms.CharField):
    """What the visitor wants, in words; nothing can begin without. `only_with` names the setting and
    its value with which they are asked for, where that is not always.
    """

    def __init__(self, *, only_with: tuple[str, str] | None = None, **kwargs: Any) -> None:
        self.only_with = only_with
        # For the page, which then waits for them.
        attrs = {"rows": 3, "maxlength": MAX_WORDS, "data-worded": True}
        widget = forms.Textarea(attrs=attrs)
        super().__init__(max_length=MAX_WORDS, required=False, initial="", widget=widget, **kwargs)

    def is_missing(self, name: str, params: Mapping[str, Any]) -> bool:
        asked = self.only_with is None or params[self.only_with[0]] == self.only_with[1]
        return asked and not params[name]


class Colour(forms.RegexField):
    """A colour, written like #ffffff."""

    widget = forms.TextInput(attrs={"type": "color"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^#[0-9a-f]{6}$", **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).lower()


class Picture(forms.CharField):
    """Another photo of the visitor's: its digest, width and height, as JSON or as a mapping.

    Who may use which photo is known where the request is known: a visitor sends the photo's id,
    and the view puts the rest in its place.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any] | None:
        if not value:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            found = value if isinstance(value, dict) else parse_json(value)
            size = {name: int(found[name]) for name in ("width", "height")}
            return {"digest": str(found["digest"]), **size}
        except (TypeError, ValueError, KeyError):
            raise ValidationError(_("That picture is not one of yours.")) from None


class Style(forms.CharField):
    """A LoRA that a keyword page wants, as `file`, `file:weight` or `file:weight:trigger words`.

    Visitors do not see it; whoever writes the page does.
    """

    widget: forms.Widget | type[forms.Widget] = forms.HiddenInput
    for_staff = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, initial="", **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return text
        try:
            found = parse_lora(text)
        except ValueError:
            raise ValidationError(_("Write it as file:weight:trigger words.")) from None
        if places.find_lora(found["file"]) is None:
            raise ValidationError(_("There is no such style on this server."))
        return text


def shorten_words(words: str) -> str:
    """As many of somebody's words as a title holds."""
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


def parse_lora(text: str) -> dict[str, Any]:
    """What a style is to an engine. Raises ValueError."""
    file, weight, trigger = [*text.split(":", 2), "", ""][:3]
    number = float(weight or 1)
    if not -HEAVIEST <= number <= HEAVIEST:
        raise ValueError(weight)
    return {"file": file.strip(), "weight": number, "trigger": trigger.strip()}


class Strokes(forms.CharField):
    """Brush strokes, as JSON: `[{"keep": true, "size": 0.02, "points": [[0.1, 0.2], …]}]`.

    Sizes are shares of the photo's long side, points shares of its width and height; "hard", below
    1, is the share of a stroke's size in which it is sure. A stroke changes what lies near it; one
    with `"whole": true` all of the thing that it touches.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial="[]", **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        try:
            return parse_json(value or "[]")
        except (TypeError, ValueError):
            raise ValidationError(_("The strokes could not be read.")) from None

    def clean(self, value: Any) -> list[dict[str, Any]]:
        strokes = self.to_python(value)
        if not isinstance(strokes, list) or len(strokes) > MAX_STROKES:
            raise ValidationError(_("The strokes could not be read."))
        try:
            return [stroke(item) for item in strokes]
        except (TypeError, ValueError, KeyError, AttributeError):
            raise ValidationError(_("The strokes could not be read.")) from None


class OtherAnswer(forms.BooleanField):
    """Whether the second-best answer to where the product is is taken in place of the best."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=False, **kwargs)


# What says something of one photo, and nothing of any other.
OF_ONE_PHOTO = (Strokes, OtherAnswer)


def stroke(item: dict[str, Any]) -> dict[str, Any]:
    """One stroke with nothing in it but what a stroke has, in numbers that make sense."""
    points = [[inside(x), inside(y)] for x, y in item["points"][:MAX_POINTS]]
    size = min(max(float(item["size"]), 0.001), 0.5)
    found = {"keep": bool(item["keep"]), "size": round(size, 5), "points": points}
    hard = min(max(float(item.get("hard", 1)), 0.1), 1)
    if hard != 1:
        found["hard"] = round(hard, 2)
    if item.get("whole") is True:
        found["whole"] = True
    return found


def inside(value: Any) -> float:
    number = float(value)
    if not -1 < number < 2:  # noqa: PLR2004  a stroke may leave the picture, not the room
        raise ValueError(value)
    return round(number, 5)
