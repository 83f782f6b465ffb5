"""Reading JSON that comes from outside."""

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """What the text says. Raises ValueError for all that is no JSON, however it fails: nested
    deeper than the parser goes, or numbers that no standard knows.
    """
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number.")
