"""Claims about a matte's outline, as an attempt's JSON makes them."""

from typing import Any

from django.urls import reverse

from tools.models import Attempt


def serialize_outline(row: Attempt) -> dict[str, Any] | None:
    """What is said of the matte's outline: whether it is "sure", "confidence", the "places" to look
    at, each with its "box" as [left, top, right, bottom] in shares of the photo, whether it was
    decided "by_hand", and "second", another answer's picture, asked for by the setting
    "other_answer". None where no product was found, or by an engine that says nothing of it.
    """
    said = row.outline
    if said is None:
        return None
    other = row.facts.get("other") or {}
    picture = reverse("tools:photo-cut-out", args=[row.photo_id, other["name"]]) if other else None
    return {**said, "second": picture}
