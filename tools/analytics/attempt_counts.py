"""Attempt counts: how attempts end, by day, tool, engines and page; what operators and marketers look at."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from billing.credits import holds
from tools.models import Attempt, AttemptCount, Job

Name = TypeVar("Name", bound=Hashable)
COUNTED = ("delivered", "unkept", "failed", "firsts", "firsts_delivered", "given_back")


def count_ended(attempt: Attempt, how: str) -> None:
    """Count an attempt that has ended just now: as delivered, unkept or failed."""
    first = is_first(attempt)
    add(attempt, {how: 1, "firsts": first, "firsts_delivered": first and how == "delivered"})


def count_given_back(attempts: QuerySet[Attempt]) -> None:
    """Count those of these attempts, soon to be gone, whose visitors have their credits back."""
    by_key = {str(attempt.pk): attempt for attempt in attempts.filter(status=Job.Status.DONE)}
    for key in holds.given_back(set(by_key)) if by_key else ():
        add(by_key[key], {"given_back": 1})


def is_first(attempt: Attempt) -> bool:
    """Whether nobody tried this tool on this photo before."""
    same = Attempt.objects.filter(photo=attempt.photo_id, tool=attempt.tool)
    earlier = same.filter(created__lt=attempt.created).exclude(status=Job.Status.CANCELLED)
    return not earlier.exists()


def add(attempt: Attempt, counts: Mapping[str, int | bool]) -> None:
    names = sorted(f"{kind} {name}" for kind, name in attempt.engines.items())
    of_day = {
        "day": attempt.created.date(),
        "tool": attempt.tool,
        "engines": ", ".join(names)[:200],
        "page": attempt.page,
    }
    more = {name: F(name) + int(count) for name, count in counts.items()}
    if AttemptCount.objects.filter(**of_day).update(**more):
        return
    try:
        with transaction.atomic():
            AttemptCount.objects.create(**of_day)
    except IntegrityError:
        # Another worker was quicker to make it.
        pass
    AttemptCount.objects.filter(**of_day).update(**more)


@dataclass
class Counts:
    """How attempts ended, those of one engine, page or tool together."""

    delivered: int = 0
    unkept: int = 0
    failed: int = 0
    firsts: int = 0
    firsts_delivered: int = 0
    given_back: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in COUNTED})

    @property
    def first_try(self) -> float | None:
        """The share of first attempts that were delivered; None where there were none."""
        return self.firsts_delivered / self.firsts if self.firsts else None


def sum_by_name(
    outcomes: QuerySet[AttemptCount], names: Callable[[str, str], Iterable[Name]]
) -> dict[Name, Counts]:
    """The counts of these outcomes under each of the names that their engines and page give."""
    found: dict[Name, Counts] = {}
    rows: Any = outcomes.values("engines", "page").order_by()
    for row in rows.annotate(**{f"total_{name}": Sum(name) for name in COUNTED}):
        counts = Counts(**{name: row[f"total_{name}"] for name in COUNTED})
        for name in names(row["engines"], row["page"]):
            found[name] = found.get(name, Counts()) + counts
    return found


def count_by_engine(outcomes: QuerySet[AttemptCount]) -> dict[str, Counts]:
    """By "kind name"; an attempt counts for each engine that it was asked of."""
    return sum_by_name(outcomes, lambda used, _: filter(None, used.split(", ")))


def count_by_page(outcomes: QuerySet[AttemptCount]) -> dict[str, Counts]:
    """By the path of the page, empty for what no page asked for."""
    return sum_by_name(outcomes, lambda _, page: [page])


def list_recent(days: int) -> QuerySet[AttemptCount]:
    """Those of the last days, today's among them."""
    return AttemptCount.objects.filter(day__gt=timezone.now().date() - timedelta(days=days))
