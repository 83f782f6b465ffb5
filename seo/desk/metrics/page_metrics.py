"""Page metrics: days put together, and what is asked of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from seo.desk.metrics import histograms
from seo.desk.models import PageDay, SearchResult

# Fewer visits than these say nothing.
ENOUGH = 50
COUNTS = (
    "views",
    "visits",
    "inputs",
    "starts",
    "results",
    "errors",
    "downloads",
    "compares",
    "attempts",
    "several",
    "quick_exits",
    "returns",
    "prompts",
    "sign_ups",
    "refunds",
    "credits",
    "ratings",
    "stars",
)


@dataclass
class Figures:
    """What happened on a page in some days; every rate is None where nothing was counted."""

    counts: dict[str, int] = field(default_factory=dict)
    times: dict[str, Mapping[str, int]] = field(default_factory=dict)
    clicks: int = 0
    impressions: int = 0
    # The mean over impressions.
    position: float | None = None

    def of(self, name: str) -> int:
        return self.counts.get(name, 0)

    def share(self, part: str, whole: str) -> float | None:
        return self.of(part) / self.of(whole) if self.of(whole) else None

    @property
    def input_rate(self) -> float | None:
        return self.share("inputs", "visits")

    @property
    def success_rate(self) -> float | None:
        return self.share("results", "starts")

    @property
    def download_rate(self) -> float | None:
        return self.share("downloads", "results")

    @property
    def quick_rate(self) -> float | None:
        return self.share("quick_exits", "visits")

    @property
    def return_rate(self) -> float | None:
        return self.share("returns", "visits")

    @property
    def attempts_a_visit(self) -> float | None:
        return self.share("attempts", "starts")

    @property
    def several_rate(self) -> float | None:
        return self.share("several", "starts")

    @property
    def rating(self) -> float | None:
        return self.share("stars", "ratings")

    @property
    def ctr(self) -> float | None:
        return self.clicks / self.impressions if self.impressions else None

    def quantile(self, what: str, part: float) -> float | None:
        return histograms.quantile(self.times.get(what, {}), part)

    def count_told(self, what: str) -> int:
        """How often a time was told."""
        return sum(self.times.get(what, {}).values())

    @property
    def first_p50(self) -> float | None:
        return self.quantile("first", 0.5)

    @property
    def first_p75(self) -> float | None:
        return self.quantile("first", 0.75)

    @property
    def lcp(self) -> float | None:
        return self.quantile("LCP", 0.75)

    @property
    def inp(self) -> float | None:
        return self.quantile("INP", 0.75)

    @property
    def cls(self) -> float | None:
        return self.quantile("CLS", 0.75)


def together(days: Iterable[PageDay]) -> Figures:
    """The figures of several days as one."""
    rows = list(days)
    counts = {name: sum(getattr(row, name) for row in rows) for name in COUNTS}
    return Figures(counts, merged([row.times for row in rows]))


def metrics_by_day(page_id: int, last: date, days: int) -> list[tuple[date, Figures]]:
    """One page's figures for each of so many days, those without any with them."""
    first = last - timedelta(days=days - 1)
    rows = PageDay.objects.filter(page=page_id, day__range=(first, last))
    counted = {row.day: together([row]) for row in rows}
    daily = SearchResult.objects.filter(page=page_id, first__gte=first, last__lte=last)
    for one in daily:
        if one.first == one.last:
            found = counted.setdefault(one.first, Figures())
            found.clicks, found.impressions = one.clicks, one.impressions
            found.position = one.position
    listed = [first + timedelta(days=at) for at in range(days)]
    return [(day, counted.get(day) or Figures()) for day in listed]


def metrics_by_page(
    last: date, days: int, pages: Iterable[int] | None = None
) -> dict[int, Figures]:
    """The figures of every page (or of these) over so many days, by the page's number.

    Times are put together for pages with enough visits to say anything by them.
    """
    first = last - timedelta(days=days - 1)
    rows = PageDay.objects.filter(day__range=(first, last))
    if pages is not None:
        rows = rows.filter(page__in=list(pages))
    sums: Any = rows.values("page").annotate(**{f"total_{name}": Sum(name) for name in COUNTS})
    found = {row["page"]: Figures({name: row[f"total_{name}"] for name in COUNTS}) for row in sums}
    busy = [page for page, one in found.items() if one.of("visits") >= ENOUGH]
    kept: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for page, times in rows.filter(page__in=busy).values_list("page", "times").iterator():
        kept[page].append(times)
    for page, several in kept.items():
        found[page].times = merged(several)
    for page, (clicks, impressions, position) in searched(first, last, pages).items():
        figures = found.setdefault(page, Figures())
        figures.clicks, figures.impressions, figures.position = clicks, impressions, position
    return found


def merged(several: list[Mapping[str, Any]]) -> dict[str, Mapping[str, int]]:
    kinds = {kind for times in several for kind in times}
    return {kind: histograms.merged(times.get(kind, {}) for times in several) for kind in kinds}


def searched(
    first: date, last: date, pages: Iterable[int] | None = None
) -> dict[int, tuple[int, int, float | None]]:
    """Clicks, impressions and mean position by page.

    Days where there are any; else the newest longer time that ends within the asked one, since a
    table saved by hand covers what its maker chose.
    """
    rows = SearchResult.objects.filter(last__range=(first, last))
    if pages is not None:
        rows = rows.filter(page__in=list(pages))
    found: dict[int, list[SearchResult]] = defaultdict(list)
    for row in rows.order_by("last", "first").iterator():
        found[row.page_id].append(row)
    return {page: summed(group) for page, group in found.items()}


def summed(rows: list[SearchResult]) -> tuple[int, int, float | None]:
    daily = [row for row in rows if row.first == row.last]
    used = daily or rows[-1:]
    impressions = sum(row.impressions for row in used)
    places = sum(row.position * row.impressions for row in used)
    clicks = sum(row.clicks for row in used)
    return clicks, impressions, places / impressions if impressions else None
