"""Page events: what pages tell us of their use, counted, never of whom, and kept for thirty days."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.json_reading import parse_json
from tools.models import PageEvent

EVENTS = frozenset(
    {
        "tool_view",
        "tool_input",
        "tool_start",
        "tool_result",
        "tool_error",
        "compare_used",
        "attempt_selected",
        "preset_used",
        "download",
        "signup_prompt",
        "rating",
        "vitals",
        "leave",
    }
)
# Ours to say, not the page's: a browser that was first known in the week before looks at a page.
RETURNED, A_WEEK = "return_visit", timedelta(days=7)
MOST_BYTES = 8 * 1024
MOST_EVENTS = 64
MOST_COUNTED = 10_000
KEPT = timedelta(days=30)
VISIT_DIGITS = 16
# Which of the texts of an event is kept, and how much of it.
LENGTHS = {"locale": 12, "tool": 50, "label": 40, "variant": 12}

Row = dict[str, Any]


def parse_beacon(body: bytes) -> list[Row]:
    """The events of a beacon that make sense; what does not is left out without a word, since
    nobody is there any more to hear it.
    """
    try:
        sent = parse_json(body)
    except ValueError:
        return []
    return list(sensible(sent)) if isinstance(sent, list) else []


def sensible(sent: list[Any]) -> Iterator[Row]:
    for item in sent[:MOST_EVENTS]:
        if isinstance(item, dict) and text(item.get("event")) in EVENTS:
            texts = {name: text(item.get(name))[:most] for name, most in LENGTHS.items()}
            yield {
                "event": item["event"],
                "page": path_of(text(item.get("page"))),
                **texts,
                "attempt": counted(item.get("attempt")),
                "value": number(item.get("value")),
            }


def add_returned(rows: list[Row]) -> list[Row]:
    """What is written down beside the views of a browser that came back."""
    nothing = {"event": RETURNED, "attempt": None, "label": "", "value": None}
    return [row | nothing for row in rows if row["event"] == "tool_view"]


def path_of(page: str) -> str:
    """The path alone: what follows it may say who somebody is or what they looked for."""
    try:
        return urlsplit(page).path[:200]
    except ValueError:
        return ""


def text(value: Any) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""


def counted(value: Any) -> int | None:
    right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_COUNTED
    return value if right else None


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e9 and math.isfinite(value) else None  # noqa: PLR2004  no time, size or count of a page is that large


def hash_visit(address: str, browser: str, day: date) -> str:
    """A keyed hash that tells the day's visits apart and means nothing on another day."""
    told = f"{day} {address} {browser}"
    return salted_hmac("tools.measures", told, algorithm="sha256").hexdigest()[:VISIT_DIGITS]


def record_events(rows: list[Row], **common: Any) -> None:
    """Write a beacon's events down, all at once."""
    PageEvent.objects.bulk_create(PageEvent(**row, **common) for row in rows)


def forget_old_events() -> None:
    """Delete what is older than we keep."""
    PageEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()
