"""Changelog: what has changed for visitors, as a page and as a feed."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from django.contrib.syndication.views import Feed as BaseFeed

from seo import urls_by_locale

FILE = Path(__file__).parents[1] / "changes.json"


@dataclass(frozen=True)
class Change:
    key: str
    day: date
    title: str
    text: str


@cache
def changes() -> list[Change]:
    """The newest first."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    found = [Change(day=date.fromisoformat(row.pop("day")), **row) for row in rows]
    return sorted(found, key=lambda change: change.day, reverse=True)


class Feed(BaseFeed[Change, None]):
    title = "Packshot: what is new"
    description = "What has changed for people who use Packshot."
    language = "en"

    def link(self) -> str:
        return urls_by_locale.named_path("en", "seo:changelog")

    def items(self) -> list[Change]:
        return changes()[:50]

    def item_title(self, item: Change) -> str:
        return item.title

    def item_description(self, item: Change) -> str:
        return item.text

    def item_link(self, item: Change) -> str:
        return f"{self.link()}#{item.key}"

    def item_pubdate(self, item: Change) -> datetime:
        return datetime.combine(item.day, time(12), UTC)
