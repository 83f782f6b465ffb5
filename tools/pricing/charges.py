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
from tools.pricing import paid_work
from tools.pricing.paid_work import Kept, given_back

# A queue may be long; every end of an attempt settles its hold, and a lapse only backs that up.
WAITING = timedelta(hours=6)
WORKING = timedelta(minutes=10)
# The tiers of jobs: the smaller goes first.
PAID, FREE = 0, 1
BOUGHT = (Source.PURCHASE, Source.SUBSCRIPTION)


def sum_prices(
    photo: Photo, to_pay: Iterable[tuple[str, Node]], engines: Mapping[str, Engine]
) -> int:
    """Credits for the engines that these steps, each with its tool's name, ask for."""
    asked = {(slug, step.op.kind, engines[step.kind].name) for slug, step in to_pay}
    paid: set[tuple[str, str]] = set()
    megapixels = photo.width * photo.height / 1e6
    total = 0
    for slug, kind, name in sorted(asked):
        if (kind, name) in paid:
            continue
        if name == EMBEDDED:
            if photo.sample:
                continue
            paid.add((kind, name))
        total += prices.price_run(slug, kind, name, megapixels)
    return total


def list_paid_attempts(photo: Photo) -> list[Kept]:
    """The delivered attempts at the photo that stay paid for, the newest first."""
    done = Attempt.objects.filter(photo=photo, status=Job.Status.DONE).order_by("-created")
    return paid_work.list_kept(list(done.defer("facts", "fidelity")))


def check_kept(attempts: Iterable[Attempt]) -> None:
    """Raises GivenBackError when the full size of any of them is no longer to be had."""
    if given_back(attempts):
        raise GivenBackError


def keeps_cut_out(photo: Photo, name: str) -> bool:
    """Whether the product alone is still to be had: of any attempt at the photo that stays paid for."""
    with_it = photo.attempts.filter(status=Job.Status.DONE, facts__layers__name=name)
    return not with_it or len(given_back(with_it)) < len(with_it)


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


def extend_waiting(attempt: Attempt) -> None:
    """It goes into a queue, again perhaps: its credits are held for as long as that may take."""
    holds.extend_hold(str(attempt.pk), WAITING)


def extend_all_waiting() -> int:
    """Hold on for every attempt that still waits, however long the queue is; how many were near."""
    waiting = Attempt.objects.filter(status=Job.Status.QUEUED).values_list("pk", flat=True)
    return holds.extend_holds([str(pk) for pk in waiting], WAITING)


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
