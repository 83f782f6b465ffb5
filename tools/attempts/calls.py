"""Calls of programs: an attempt with its credits held, or the one that the same request began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from billing.credits import previews
from billing.models import ApiKey
from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt, Call, Job, Photo
from tools.pipeline import engines
from tools.pricing import charges
from tools.pricing.charges import Payer
from tools.queue import messages

TOOL = "remove-background"
# The same request again within this time is a retry: one job, one charge.
RETRIED = timedelta(seconds=60)
QUARTER, WHOLE, NOTHING = "0.25", "1", "0"


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What a program orders: the file it wishes for, whether as a preview, and by which request."""

    options: Mapping[str, Any]
    is_preview: bool
    fingerprint: str


def find_call(key: ApiKey, fingerprint: str) -> Call | None:
    """What the same request has begun, if it was just now or its result is still owed."""
    since = timezone.now() - RETRIED
    # An answer may have been lost on its way, however long it took to make.
    recent = Q(created__gt=since) | Q(answered=None) | Q(answered__gt=since)
    ended = [Job.Status.FAILED, Job.Status.CANCELLED]
    same = Call.objects.filter(recent, key=key, fingerprint=fingerprint)
    return same.exclude(attempt__status__in=ended).select_related("attempt").last()


def start_call(key: ApiKey, photo: Photo, ordered: Ordered) -> Call:
    """Hold what it costs and queue it; or what the same request began at the same time.

    Raises OutOfCreditsError, CapReachedError or TooManyError; then nothing is queued or held.
    """
    tool = registry.get_tool(TOOL)
    params = tool.defaults()
    chosen = engines.choose_engines(tool.kinds(params), {})
    payer = Payer(key.account, key)
    attempt = Attempt(
        photo=photo,
        tool=tool.slug,
        params=params,
        engines={kind: engine.name for kind, engine in chosen.items()},
        tier=charges.queue_tier(payer),
    )
    with transaction.atomic():
        # Who sends the same at the same time waits here for the first.
        ApiKey.objects.filter(pk=key.pk).update(name=F("name"))
        if (twin := find_call(key, ordered.fingerprint)) is not None:
            return twin
        lifecycle.check_open(photo.visitor_id)
        attempt.price, charge = settle_price(key, attempt, is_preview=ordered.is_preview)
        attempt.save(force_insert=True)
        call = Call.objects.create(
            attempt=attempt,
            key=key,
            fingerprint=ordered.fingerprint,
            options={**ordered.options, "mark": key.sandbox},
            charge=charge,
        )
        charges.hold_credits(payer, attempt)
        messages.announce_job(attempt.lot, attempt.tier)
    return call


def settle_price(key: ApiKey, attempt: Attempt, *, is_preview: bool) -> tuple[int, str]:
    """The credits to hold, and what the program is told that it costs."""
    if key.sandbox:
        return 0, NOTHING
    if not is_preview:
        return 1, WHOLE
    taken = previews.take_preview(key.account, str(attempt.pk))
    return taken.credits, NOTHING if taken.is_free else QUARTER


def mark_answered(call: Call) -> None:
    """Remember that the file was handed out."""
    Call.objects.filter(pk=call.pk, answered=None).update(answered=timezone.now())
