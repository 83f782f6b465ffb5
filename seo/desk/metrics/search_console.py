"""Search Console figures: clicks, impressions and positions of our pages, brought in.

Search Console's own table of pages covers a time that its reader chose; one with a date in every
row covers a day each.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from django.db import transaction

from seo.desk.metrics.daily_rollup import addresses
from seo.desk.models import SearchResult

PAGE = {"page", "top pages", "landing page", "url", "address"}
DATE = {"date", "day"}
CLICKS, IMPRESSIONS, POSITION = {"clicks"}, {"impressions"}, {"position", "average position"}


class UnreadableError(ValueError):
    """A table that is not one; the words say which line, and what is wrong there."""


@dataclass(frozen=True)
class Row:
    path: str
    first: date
    last: date
    clicks: int
    impressions: int
    position: float


@dataclass(frozen=True)
class Brought:
    kept: int
    # Addresses that are no page of ours, such as the home page.
    unknown: list[str]


def read_rows(text: str, first: date | None = None, last: date | None = None) -> list[Row]:
    """The rows of a table; without a date in them they cover the days from first to last.

    Raises UnreadableError; then nothing of it can be used.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    head = [name.strip().lower() for name in next(reader, [])]
    columns = {
        "page": column(head, PAGE),
        "clicks": column(head, CLICKS),
        "impressions": column(head, IMPRESSIONS),
        "position": column(head, POSITION),
        "date": column(head, DATE),
    }
    if missing := [name for name in ("page", "clicks", "impressions") if columns[name] is None]:
        raise UnreadableError(f"Line 1: there is no column for {', '.join(missing)}.")
    if columns["date"] is None and (first is None or last is None):
        raise UnreadableError("The rows have no date: say which days the table covers.")
    return list(rows(reader, columns, first, last))


def column(head: list[str], names: set[str]) -> int | None:
    return next((at for at, name in enumerate(head) if name in names), None)


def rows(
    reader: Iterable[list[str]],
    columns: dict[str, int | None],
    first: date | None,
    last: date | None,
) -> Iterator[Row]:
    for number, cells in enumerate(reader, 2):
        if not any(cells):
            continue
        told = {
            name: cells[at].strip()
            for name, at in columns.items()
            if at is not None and at < len(cells)
        }
        try:
            begins, ends = days(told.get("date", ""), first, last)
            yield Row(
                path=path_of(told["page"]),
                first=begins,
                last=ends,
                clicks=whole(told["clicks"]),
                impressions=whole(told["impressions"]),
                position=float(told.get("position", "0").replace(",", ".") or 0),
            )
        except (KeyError, ValueError) as error:
            raise UnreadableError(f"Line {number}: {error}.") from error


def days(told: str, first: date | None, last: date | None) -> tuple[date, date]:
    """The row's own day, or those that the whole table covers."""
    if told:
        return date.fromisoformat(told), date.fromisoformat(told)
    if first is None or last is None:
        raise ValueError("there is no date")
    return first, last


def whole(text: str) -> int:
    return int(text.replace(",", "").replace("\u202f", "").replace(" ", ""))


def path_of(address: str) -> str:
    return unquote(urlsplit(address).path) or "/"


@transaction.atomic
def store_rows(found: Iterable[Row]) -> Brought:
    """Write the rows down, in place of what was known of the same pages and days."""
    ours = addresses()
    kept: dict[tuple[int, date, date], SearchResult] = {}
    unknown: list[str] = []
    for row in found:
        page = ours.get(row.path)
        if page is None:
            unknown.append(row.path)
            continue
        key = (page, row.first, row.last)
        before = kept.get(key)
        kept[key] = SearchResult(
            page_id=page, first=row.first, last=row.last, **together(before, row)
        )
    SearchResult.objects.bulk_create(
        kept.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["page", "first", "last"],
        update_fields=["clicks", "impressions", "position"],
    )
    return Brought(len(kept), unknown)


def together(before: SearchResult | None, row: Row) -> dict[str, float]:
    """A page's former address has a row of its own: both are the page's."""
    if before is None:
        return {
            "clicks": row.clicks,
            "impressions": row.impressions,
            "position": row.position,
        }
    shown = before.impressions + row.impressions
    places = before.position * before.impressions + row.position * row.impressions
    return {
        "clicks": before.clicks + row.clicks,
        "impressions": shown,
        "position": places / shown if shown else 0.0,
    }
