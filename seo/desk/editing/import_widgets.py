"""Import widgets: cells that hold more than a word: lists as lines, rows as lines with bars, JSON."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from import_export import widgets

from foundation.json_reading import parse_json

BAR = " | "


class Lines(widgets.Widget):
    """A list of texts as lines of one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "\n".join(value or [])


class Table(widgets.Widget):
    """A list of rows as lines of one cell, their parts with a bar between them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[dict[str, str]]:
        found = []
        for line in Lines().clean(value):
            parts = [part.strip().replace("\\n", "\n") for part in line.split("|")]
            if len(parts) != len(self.names):
                wanted = BAR.join(self.names)
                raise ValidationError(f"Write each line as “{wanted}”, not “{line[:60]}”.")
            found.append(dict(zip(self.names, parts, strict=True)))
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "\n".join(
            BAR.join(
                str(one.get(name, "")).replace("|", "/").replace("\n", "\\n") for name in self.names
            )
            for one in value or []
        )


class Json(widgets.Widget):
    """Anything else, as JSON; an empty cell is nothing."""

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            found = parse_json(value) if str(value or "").strip() else self.kind()
        except ValueError as error:
            raise ValidationError(f"That is no JSON: {error}.") from None
        if not isinstance(found, self.kind):
            raise ValidationError(f"That is no JSON {self.kind.__name__}.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
