"""Lifecycle of an attempt on the web's side: started, queued, found, cancelled, deleted."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import Visitor
from tools.analytics import attempt_counts
from tools.definition import loras, registry
from tools.errors import (
    NotFetchedError,
    NothingChangesError,
    NothingPaintedError,
    NothingWrittenError,
    PhotoGoneError,
    ResultTooLargeError,
    TooManyError,
)
from tools.models import Attempt, Job, Photo
from tools.photos import uploads
from tools.photos.retention import files_of_attempt, note_loss, zips_with_attempt
from tools.pipeline import engines, ops
from tools.pricing import charges, lineage, paid_work, quotes
from tools.pricing.charges import Payer
from tools.pricing.lineage import Recipe
from tools.queue import leases, messages, open_limits
from tools.storage.files import remove_files


def start_attempt(
    photo: Photo,
    slug: str,
    params: Mapping[str, Any],
    *,
    wanted: Mapping[str, str] | None = None,
    parent: Attempt | None = None,
    before: Sequence[Recipe] | None = None,
    payer: Payer | None = None,
    page: str = "",
) -> Attempt:
    """Hold the credits and queue one run of the tool on the photo; without a payer it is free.

    It begins from what the recipes `before` make of the photo, or, without them, as is due to the
    parent: see `lineage.recipes_before`. Asked again for what is there or on its way, answers with
    that attempt. Raises UnknownToolError, InvalidParamsError, NothingWrittenError,
    NothingChangesError, EngineUnavailableError, TooManyError, or what `charges.hold_credits` raises;
    and then nothing was queued and nothing held.
    """
    if photo.state == Photo.State.REFUSED:
        raise PhotoGoneError
    if not photo.width:
        raise NotFetchedError
    tool = registry.get_tool(slug)
    clean = tool.validated(params)
    loras.check_loras(tool, clean)
    if tool.painted and all(stroke["keep"] for stroke in clean["strokes"]):
        raise NothingPaintedError
    if tool.lacks_words(clean):
        raise NothingWrittenError
    chosen = engines.choose_engines(tool.kinds(clean), wanted or {})
    begun = lineage.recipes_before(parent, photo, tool.slug) if before is None else list(before)
    if len(begun) > lineage.LONGEST:
        raise TooManyError(most=lineage.LONGEST)
    check_changes(tool, photo, clean, begun)
    quoted = quotes.quote_clean(tool, photo, clean, wanted or {}, begun)
    if quoted.width * quoted.height > settings.RESULT_MAX_PIXELS:
        raise ResultTooLargeError(most=settings.RESULT_MAX_PIXELS // 10**6)
    attempt = Attempt(
        photo=photo,
        parent=parent,
        before=begun,
        tool=tool.slug,
        params=clean,
        engines={kind: engine.name for kind, engine in chosen.items()},
        price=quoted.credits if payer else 0,
        free_after=quoted.free_after,
        lot=quoted.lot,
        tier=charges.queue_tier(payer),
        page=page,
    )
    with transaction.atomic():
        # Who asks for the same at the same time waits here for the first.
        Photo.objects.filter(pk=photo.pk).update(name=F("name"))
        if (twin := find_twin(attempt)) is not None:
            return twin
        check_open(photo.visitor_id)
        attempt.save(force_insert=True)
        if payer:
            charges.hold_credits(payer, attempt)
        messages.announce_job(attempt.lot, attempt.tier)
    return attempt


def check_changes(
    tool: registry.Tool, photo: Photo, params: registry.Params, before: Sequence[Recipe]
) -> None:
    """Raises NothingChangesError when the tool would leave what it begins from as it is."""
    width, height = ops.read_size(lineage.begin_graph(photo, before))
    if tool.changes_nothing(width, height, params):
        raise NothingChangesError


def check_open(visitor_id: Any) -> None:
    """Raises TooManyError when the visitor has all the open attempts that one may have."""
    mine = Attempt.objects.filter(photo__visitor=visitor_id, status__in=Job.OPEN)
    if mine.count() >= open_limits.ATTEMPTS:
        raise TooManyError(most=open_limits.ATTEMPTS)


def find_twin(attempt: Attempt) -> Attempt | None:
    """The attempt that makes the same from the same, there or on its way, and paid for if it cost
    anything: one that failed, was called off or whose credits went back is none.
    """
    rows = Attempt.objects.filter(photo=attempt.photo_id, tool=attempt.tool)
    ended = [Job.Status.FAILED, Job.Status.CANCELLED]
    wanted = json.loads(json.dumps([attempt.recipe(), attempt.before]))
    same = [
        row
        for row in rows.exclude(status__in=ended).order_by("-created")
        if [row.recipe(), row.before] == wanted
    ]
    back = paid_work.given_back(same)
    return next((row for row in same if str(row.pk) not in back), None)


def find_attempt(visitor: Visitor | None, attempt_id: Any) -> Attempt | None:
    """The visitor's attempt of that id, if its photo lives."""
    attempt = Attempt.objects.select_related("photo").filter(pk=attempt_id).first()
    if attempt is None or uploads.find_photo(visitor, attempt.photo_id) is None:
        return None
    return attempt


def cancel_attempt(attempt: Attempt) -> bool:
    """Call it off; False when it had ended already."""
    with transaction.atomic():
        if not leases.cancel_jobs(Attempt.objects.filter(pk=attempt.pk)):
            return False
        charges.release_credits([attempt], "cancelled")
    return True


def delete_attempt(attempt: Attempt) -> None:
    """Delete the attempt, its files and the archives with them; those that go on from it stay."""
    cancel_attempt(attempt)
    attempt_counts.count_given_back(Attempt.objects.filter(pk=attempt.pk))
    names = files_of_attempt(attempt)
    with transaction.atomic():
        zips_with_attempt(attempt).delete()
        attempt.delete()
        note_loss(attempt.photo)
        transaction.on_commit(lambda: remove_files(names))
