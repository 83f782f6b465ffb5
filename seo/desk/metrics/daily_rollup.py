"""Daily rollup: from the events of a day to what is kept of it, one row a page.

An event names its page and a visit that nobody can follow into another day. That a browser came
back within a week is told by the date of its own cookie, and only that is written down.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from seo.desk.metrics import histograms
from seo.desk.models import PageDay
from seo.models import KeywordPage, Redirect
from tools.analytics.page_events import RETURNED
from tools.models import PageEvent

# Who is gone within this and has given nothing in was not helped.
QUICK_MS = 10_000
SUMMED = ("rating", "credits_bought")
VITALS = ("LCP", "INP", "CLS")
FIELDS = ("event", "page", "label", "value", "attempt", "visit")
BATCH = 5000


@dataclass
class Visit:
    """What one visit did on one page in one day."""

    events: set[str] = field(default_factory=set)
    starts: int = 0
    first_result: float | None = None
    stayed: float | None = None


@dataclass
class Tally:
    """What one page's day comes to, event by event."""

    visits: dict[str, Visit] = field(default_factory=lambda: defaultdict(Visit))
    counts: Counter[str] = field(default_factory=Counter)
    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    vitals: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Mapping[str, Any]) -> None:
        event, value = row["event"], row["value"]
        visit = self.visits[row["visit"]]
        visit.events.add(event)
        self.counts[event] += 1
        if event == "tool_start":
            visit.starts += 1
        elif event == "tool_result" and visit.first_result is None:
            visit.first_result = value
        elif event == "leave" and value is not None:
            visit.stayed = max(visit.stayed or 0.0, value)
        elif event == "vitals" and row["label"] in VITALS and value is not None:
            self.vitals[row["label"]].append(value)
        elif event in SUMMED:
            self.sums[event] += value or 0

    def having(self, event: str) -> int:
        return sum(event in visit.events for visit in self.visits.values())

    def fields(self) -> dict[str, Any]:
        """The columns of a PageDay."""
        visits = self.visits.values()
        first = [visit.first_result for visit in visits if visit.first_result is not None]
        return {
            "views": self.counts["tool_view"],
            "visits": len(self.visits),
            "inputs": self.having("tool_input"),
            "starts": self.having("tool_start"),
            "results": self.having("tool_result"),
            "errors": self.having("tool_error"),
            "downloads": self.having("download"),
            "compares": self.having("compare_used"),
            "attempts": sum(visit.starts for visit in visits),
            "several": sum(visit.starts > 1 for visit in visits),
            "quick_exits": sum(map(is_quick, visits)),
            "returns": self.having(RETURNED),
            "prompts": self.having("signup_prompt"),
            "sign_ups": self.counts["sign_up"],
            "refunds": self.counts["refund_asked"],
            "credits": int(self.sums["credits_bought"]),
            "ratings": self.counts["rating"],
            "stars": int(self.sums["rating"]),
            "times": {
                "first": histograms.of(first),
                **{name: histograms.of(values) for name, values in self.vitals.items()},
            },
        }


def is_quick(visit: Visit) -> bool:
    gave = visit.events & {"tool_input", "tool_start"}
    return not gave and visit.stayed is not None and visit.stayed < QUICK_MS


def tallied(rows: Iterable[Mapping[str, Any]]) -> dict[str, Tally]:
    """A tally for each address that the events name."""
    found: dict[str, Tally] = defaultdict(Tally)
    for row in rows:
        found[row["page"]].add(row)
    return dict(found)


def count_day(day: date, page: KeywordPage | None = None) -> int:
    """Count a day again, all of it or one page's; return how many pages had any events."""
    start = datetime.combine(day, time.min, UTC)
    rows = PageEvent.objects.filter(at__gte=start, at__lt=start + timedelta(days=1)).order_by("at")
    places = addresses(page)
    if page is not None:
        rows = rows.filter(page__in=places)
    kept: dict[int, Tally] = {}
    for row in rows.values(*FIELDS).iterator(chunk_size=BATCH):
        if number := places.get(row["page"]):
            kept.setdefault(number, Tally()).add(row)
    days = [PageDay(page_id=number, day=day, **tally.fields()) for number, tally in kept.items()]
    with transaction.atomic():
        PageDay.objects.bulk_create(
            days,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["page", "day"],
            update_fields=COUNTED,
        )
    return len(days)


def addresses(page: KeywordPage | None = None) -> dict[str, int]:
    """Which page an address is, former addresses with it."""
    pages = KeywordPage.objects.all() if page is None else KeywordPage.objects.filter(pk=page.pk)
    found = {one.get_absolute_url(): one.pk for one in pages.iterator()}
    former = Redirect.objects.filter(page__in=pages).select_related("page")
    for old in former.iterator():
        place = KeywordPage(locale=old.locale, slug=old.slug).get_absolute_url()
        found.setdefault(place, old.page_id)
    return found


COUNTED = list(Tally().fields())
