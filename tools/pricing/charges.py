"""Charges for attempts: held at the start, captured on delivery, released otherwise.

An attempt pays for the engines that have to run for it. What an earlier attempt at the photo has
computed costs nothing again, and the built-in engine is paid for once a photo: trying again with
other settings is free. On our own samples it is free from the first time on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, Visitor
from billing import prices
from billing.accounts import free_allowance, payers
from billing.credits import hold_notes, holds, previews
from billing.credits.free_spending import FreeDay
from billing.models import Account, ApiKey, Source
from tools.errors import DearerThanSaidError, GivenBackError
from tools.models import Attempt, Job, Photo
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node

# A queue may be long; every end of an attempt settles its hold, and a lapse only backs that up.
WAITING = timedelta(hours=6)
WORKING = timedelta(minutes=10)
# The tiers of jobs: the smaller goes first.
PAID, FREE = 0, 1
BOUGHT = (Source.PURCHASE, Source.SUBSCRIPTION)


def sum_prices(
    photo: Photo,
    pending: Iterable[tuple[str, Node]],
    engines: Mapping[str, Engine],
    kept: Iterable[Attempt],
    also: Iterable[str] = (),
) -> int:
    """Credits for the engines that the pending steps, each with its tool's name, ask for, where
    these attempts stay paid for, and the built-in engine for `also` these kinds of step.
    """
    asked = {(slug, step.op.kind, engines[step.kind].name) for slug, step in pending if step.kind}
    paid = {(kind, EMBEDDED) for kind in (*embedded(kept), *also)}
    megapixels = photo.width * photo.height / 1e6
    total = 0
    for slug, kind, name in sorted(asked):
        if (kind, name) in paid:
            continue
        if name == EMBEDDED:
            if photo.sample:
                continue
            paid.add((kind, name))
        total += prices.price_run(slug, name, megapixels)
    return total


def embedded(attempts: Iterable[Attempt]) -> set[str]:
    """The kinds of step that the built-in engine has done for these."""
    return {
        kind
        for attempt in attempts
        for recipe in (*attempt.before, attempt.recipe())
        for kind, name in recipe["engines"].items()
        if name == EMBEDDED
    }


def list_paid_attempts(photo: Photo) -> list[Attempt]:
    """The delivered attempts at the photo that stay paid for, the newest first."""
    done = Attempt.objects.filter(photo=photo, status=Job.Status.DONE).order_by("-created")
    delivered = list(done.defer("facts", "fidelity"))
    back = given_back(delivered)
    return [attempt for attempt in delivered if str(attempt.pk) not in back]


def given_back(attempts: Iterable[Attempt]) -> set[str]:
    """The ids of those whose full size is no longer to be had, because the credits went back: an
    attempt's own, or those of the ones at its photo that it was free after.
    """
    attempts = list(attempts)
    photos = {attempt.photo_id for attempt in attempts}
    paid: dict[Any, set[str]] = {photo: set() for photo in photos}
    priced = Attempt.objects.filter(photo__in=photos, price__gt=0, status=Job.Status.DONE)
    for photo, pk in priced.values_list("photo", "pk"):
        paid[photo].add(str(pk))
    names = set().union(*paid.values())
    back = holds.given_back(names) if names else set()
    return {
        str(attempt.pk)
        for attempt in attempts
        if str(attempt.pk) in back
        or (not attempt.price and paid[attempt.photo_id] and paid[attempt.photo_id] <= back)
    }


def check_kept(attempts: Iterable[Attempt]) -> None:
    """Raises GivenBackError when the full size of any of them is no longer to be had."""
    if given_back(attempts):
        raise GivenBackError


@dataclass(frozen=True)
class Payer:
    """Who pays for an attempt, what is free for them today, and with which key it was asked for."""

    account: Account
    key: ApiKey | None = None
    # Who asks, where they are signed in.
    user: User | None = None
    free: FreeDay | None = None
    # The price that was said to them: nothing dearer starts.
    most: int | None = None


def find_payer(visitor: Visitor, address: str, most: int | None = None) -> Payer:
    """Who pays for this visitor. What is free today is granted with what it is spent on."""
    account = payers.account_of_visitor(visitor)
    free = free_allowance.find_free_day(account, address, visitor.user)
    return Payer(account, user=visitor.user, free=free, most=most)


def queue_tier(payer: Payer | None) -> int:
    """Who has bought credits goes first, whichever of theirs an attempt is paid with."""
    if payer is None:
        return FREE
    alive = holds.list_live_buckets(payer.account, timezone.now())
    return PAID if alive.filter(source__in=BOUGHT).exists() else FREE


def hold_credits(payer: Payer, attempt: Attempt) -> None:
    """Raises DearerThanSaidError, OutOfCreditsError, FreeIsUsedUpError or CapReachedError; and then
    nothing is held.
    """
    if payer.most is not None and attempt.price > payer.most:
        raise DearerThanSaidError(credits=attempt.price)
    note = {
        "tool": attempt.tool,
        "photo": attempt.photo.name,
        "engines": attempt.engines,
        "picture": reverse("tools:attempt-thumb", args=[attempt.pk]),
    }
    holds.hold_credits(
        payer.account,
        attempt.price,
        str(attempt.pk),
        lease=WAITING,
        note=note,
        key=payer.key,
        user=payer.user,
        free=payer.free,
    )


def extend_credits(attempt: Attempt) -> None:
    holds.extend_hold(str(attempt.pk), WORKING)


def capture_credits(attempt: Attempt, amount: int) -> None:
    """Of what is held, so much; the rest goes back."""
    holds.capture_hold(str(attempt.pk), amount)


def release_credits(attempts: QuerySet[Attempt] | Iterable[Attempt], reason: str) -> None:
    for attempt in attempts:
        holds.release_hold(str(attempt.pk), reason)
        previews.release_preview(str(attempt.pk))


def forget_photo(attempts: Iterable[Attempt]) -> None:
    """Keep of what was paid for them the tool and the price, and nothing that names the photo."""
    for attempt in attempts:
        hold_notes.forget_in_note(str(attempt.pk), ("photo", "picture"))


def balance_words(payer: Payer | None) -> dict[str, Any]:
    """What a page says of whoever pays beside a price."""
    if payer is None:
        return {"free_left": None, "available": None}
    return {
        "free_left": free_allowance.count_free_credits(payer.account, payer.free),
        "available": free_allowance.count_spendable(payer.account, payer.free),
    }
