"""How attempts end, counted by day, tool, engines and page: what operators and marketers look at."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum

from billing import ledger
from tools.models import Attempt, Job, Outcome

COUNTED = ("delivered", "unkept", "failed", "firsts", "firsts_delivered", "given_back")


def count(attempt: Attempt, how: str) -> None:
    """Count an attempt that has ended just now: as delivered, unkept or failed."""
    first = is_first(attempt)
    add(attempt, {how: 1, "firsts": first, "firsts_delivered": first and how == "delivered"})


def count_given_back(attempts: QuerySet[Attempt]) -> None:
    """Count those of these attempts, soon to be gone, whose visitors have their credits back."""
    by_key = {str(attempt.pk): attempt for attempt in attempts.filter(status=Job.Status.DONE)}
    for key in ledger.given_back(set(by_key)) if by_key else ():
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
    if Outcome.objects.filter(**of_day).update(**more):
        return
    try:
        with transaction.atomic():
            Outcome.objects.create(**of_day)
    except IntegrityError:
        # Another worker was quicker to make it.
        pass
    Outcome.objects.filter(**of_day).update(**more)


def rates(outcomes: QuerySet[Outcome], by: Iterable[str]) -> list[dict[str, object]]:
    """The counts of these outcomes together, for each tool, engine or page; `by` names fields.

    `first_try` is the share of first attempts that were delivered, None where there were none.
    """
    rows = outcomes.values(*by).annotate(**{f"n_{name}": Sum(name) for name in COUNTED})
    return [
        {
            **{name: row[name] for name in by},
            **{name: row[f"n_{name}"] for name in COUNTED},
            "first_try": row["n_firsts_delivered"] / row["n_firsts"] if row["n_firsts"] else None,
        }
        for row in rows.order_by(*by)
    ]
