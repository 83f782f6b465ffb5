"""First attempts: how often the first gave a result, by engine, by page, and by category."""

from dataclasses import dataclass

from django.db.models import QuerySet

from seo.desk.metrics import daily_rollup
from seo.models import Hub, KeywordPage
from tools.analytics import attempt_counts
from tools.analytics.attempt_counts import Counts
from tools.models import AttemptCount
from tools.pipeline.engines import list_engines


@dataclass(frozen=True)
class Row:
    """`key` is the primary key of the page that it is about, if it is about one."""

    name: str
    counts: Counts
    key: int | None = None
    hub: str = ""


def rows_by_engine(rows: QuerySet[AttemptCount]) -> list[Row]:
    known = {f"{kind} {name}": engine for (kind, name), engine in list_engines().items()}
    found = attempt_counts.count_by_engine(rows)
    titles = {
        name: f"{known[name].title} ({name.partition(' ')[0]})" if name in known else name
        for name in found
    }
    return ordered([Row(titles[name], counts) for name, counts in found.items()])


def rows_by_page(rows: QuerySet[AttemptCount]) -> list[Row]:
    places = daily_rollup.addresses()
    return ordered(
        [
            Row(path or "not from a page", counts, key=places.get(path))
            for path, counts in attempt_counts.count_by_page(rows).items()
        ]
    )


def rows_by_category(rows: QuerySet[AttemptCount]) -> list[Row]:
    """What pages are about, in whatever language, with the hub that lists it."""
    intents = {
        page.pk: page.intent for page in KeywordPage.objects.select_related("intent").iterator()
    }
    places = {path: intents[key] for path, key in daily_rollup.addresses().items()}
    found = attempt_counts.sum_by_name(
        rows, lambda _, page: [places[page]] if page in places else []
    )
    return ordered(
        [
            Row(intent.name, counts, hub=str(Hub(intent.hub).label))
            for intent, counts in found.items()
        ]
    )


def ordered(rows: list[Row]) -> list[Row]:
    """Those that were asked most often first."""
    return sorted(rows, key=lambda row: (-row.counts.firsts, row.name))
