"""Exported files: asked for at full resolution, found again."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Visitor
from tools.attempts import lifecycle
from tools.definition import marketplaces
from tools.definition.registry import InvalidParamsError
from tools.errors import NotFinishedError
from tools.models import Attempt, Export, Job
from tools.pipeline import ops
from tools.pricing import charges
from tools.queue import messages

MIME = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}
COLOUR = re.compile(r"#[0-9a-f]{6}")
WHITE = "#ffffff"
LEAST_SIDE, MOST_SIDE = 64, 20_000
# The long sides that the page offers.
SIDES = (4096, 2048, 1600, 1080, 600)
# The languages of the visible label; a box that is only ticked means the first.
LABELS = {"": "", "1": "en", "en": "en", "zh": "zh"}


def parse_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """What of a post describes the file. Raises InvalidParamsError when it describes none."""
    wanted = str(given.get("format") or "png")
    if wanted not in MIME:
        raise InvalidParamsError(
            {"format": [f"There is no format {wanted}; ask for {', '.join(MIME)}."]}
        )
    # JPEG knows no transparency: what is clear lies on a colour.
    colour = str(given.get("colour") or (WHITE if wanted == "jpeg" else "")).lower()
    if colour and not COLOUR.fullmatch(colour):
        raise InvalidParamsError({"colour": ["A colour is written like #ffffff."]})
    market = str(given.get("market") or "")
    if market and market not in marketplaces.BY_SLUG:
        raise InvalidParamsError({"market": ["We do not know that marketplace."]})
    label = str(given.get("label") or "")
    if label not in LABELS:
        raise InvalidParamsError({"label": ["The label is written in en or zh."]})
    # Where a marketplace wants white: the product alone, instead of what lies behind it.
    white = market and str(given.get("white") or "") in {"1", "on", "true"}
    side = longest(given)
    return {
        "format": wanted,
        "colour": colour,
        "market": market,
        "label": LABELS[label],
        # A marketplace says its own size.
        **({"side": side} if side and not market else {}),
        **({"white": True} if white else {}),
    }


def measure_file(width: int, height: int, options: Mapping[str, Any]) -> tuple[int, int]:
    """Width and height of the file that these options describe, for a result of that size."""
    if market := options.get("market"):
        return marketplaces.BY_SLUG[market].recommended
    side = int(options.get("side") or 0)
    return ops.fit_within_side(width, height, side) if side else (width, height)


def list_sizes(width: int, height: int) -> dict[str, tuple[int, int]]:
    """The size of every file that the page offers, by its marketplace or its long side."""
    offered: list[dict[str, Any]] = [{}]
    offered += [{"side": side} for side in SIDES] + [
        {"market": slug} for slug in marketplaces.BY_SLUG
    ]
    return {
        str(options.get("market") or options.get("side") or ""): measure_file(
            width, height, options
        )
        for options in offered
    }


def longest(given: Mapping[str, Any]) -> int:
    """The long side that was asked for, 0 for the full size. Raises InvalidParamsError."""
    said = str(given.get("side") or "0")
    if said == "0":
        return 0
    if not said.isdecimal() or not LEAST_SIDE <= int(said[:6]) <= MOST_SIDE:
        raise InvalidParamsError({"side": [f"Between {LEAST_SIDE} and {MOST_SIDE} pixels."]})
    return int(said)


def start_export(attempt: Attempt, wanted: Mapping[str, Any]) -> Export:
    """The file of these options: the one there is, or one that is being made from now on.

    One that failed or was called off before is tried again. Raises NotFinishedError while the
    attempt has no result, and GivenBackError when its credits went back.
    """
    if attempt.status != Job.Status.DONE:
        raise NotFinishedError
    charges.check_kept([attempt])
    described = {"format": wanted["format"], "options": dict(wanted), "wish": wish(wanted)}
    fresh = Export(attempt=attempt, tier=attempt.tier, **described)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            messages.announce_work()
    except IntegrityError:
        return again(Export.objects.get(attempt=attempt, wish=fresh.wish))
    return fresh


def wish(wanted: Mapping[str, Any]) -> str:
    """The same options give the same name."""
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def again(export: Export) -> Export:
    ended = [Job.Status.FAILED, Job.Status.CANCELLED]
    with transaction.atomic():
        rows = Export.objects.filter(pk=export.pk, status__in=ended)
        if rows.update(
            status=Job.Status.QUEUED, tries=0, legs=0, lot="", share=0, error="", owner=""
        ):
            messages.announce_work()
    export.refresh_from_db()
    return export


def find_export(visitor: Visitor | None, export_id: Any) -> Export | None:
    """The visitor's file of that id, if its photo lives."""
    export = Export.objects.select_related("attempt__photo").filter(pk=export_id).first()
    if export is None or lifecycle.find_attempt(visitor, export.attempt_id) is None:
        return None
    return export


def mark_downloaded(export: Export) -> None:
    """Remember that it was downloaded."""
    Export.objects.filter(pk=export.pk, downloaded=None).update(downloaded=timezone.now())
