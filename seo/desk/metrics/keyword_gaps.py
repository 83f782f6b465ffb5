"""Keyword gaps: lists of queries and questions, brought together by what they want: pages not yet written.

Two queries want the same when most of their letters' runs are the same once the words that carry
nothing are gone and the rest is in order. That finds endings and orders of words, not synonyms:
those a marketer gives an intent, and then they count.
"""

import csv
import io
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from seo.desk.checks import near_duplicates
from seo.desk.checks.live_pages import normalize_phrase
from seo.desk.models import Query
from seo.models import Intent

SAME = 0.6
GRAM = 3
GRAM_UNPARTED = 2
TEXT = {"query", "queries", "top queries", "question", "questions", "keyword", "keywords", "text"}
WEIGHT = {"volume", "search volume", "impressions", "searches", "weight", "clicks"}
# What makes a question of a query; it says nothing of what is wanted.
ASKING = frozenset(
    [
        "how",
        "what",
        "why",
        "when",
        "where",
        "which",
        "who",
        "can",
        "do",
        "does",
        "is",
        "are",
        "i",
        "you",
        "best",
        "way",
        "free",
        "app",
        "tool",
        "como",
        "cómo",
        "qué",
        "que",
        "wie",
        "was",
        "warum",
        "kann",
        "ich",
        "comment",
        "pourquoi",
        "bagaimana",
        "cara",
        "apa",
    ]
)


class UnreadableError(ValueError):
    """A list that is not one, with the line and what is wrong there."""


@dataclass(frozen=True)
class Asked:
    text: str
    weight: int
    kind: str


def read_queries(text: str) -> list[Asked]:
    """A table with a column of queries or questions; a list without a head is one, too."""
    table = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) if any(row)]
    if not table:
        raise UnreadableError("There is nothing in it.")
    head = [name.strip().lower() for name in table[0]]
    at = next((place for place, name in enumerate(head) if name in TEXT), None)
    weight = next((place for place, name in enumerate(head) if name in WEIGHT), None)
    rows = table if at is None else table[1:]
    return [
        asked(row, at or 0, weight, number) for number, row in enumerate(rows, 1 + (at is not None))
    ]


def asked(row: Sequence[str], at: int, weight: int | None, line: int) -> Asked:
    try:
        text = " ".join(row[at].split())
        told = row[weight].replace(",", "") if weight is not None and weight < len(row) else ""
        heavy = int(float(told or 0))
    except (IndexError, ValueError) as error:
        raise UnreadableError(f"Line {line}: {error}.") from error
    if not text or len(text) > 200:  # noqa: PLR2004  the column's length
        raise UnreadableError(f"Line {line}: a query has 1 to 200 letters.")
    return Asked(text, heavy, Query.Kind.QUESTION if is_question(text) else Query.Kind.QUERY)


def is_question(text: str) -> bool:
    first = text.lower().split()[0]
    return text.endswith(("?", "\uff1f", "吗", "か")) or first in {
        "how", "what", "why", "when", "where", "which", "who", "can", "does", "is", "are",
        "wie", "warum", "como", "cómo", "comment", "pourquoi", "bagaimana",
    }  # fmt: skip


@transaction.atomic
def store_queries(found: Iterable[Asked], locale: str, source: str) -> int:
    """Write a list down and cluster the language again; return how many were new."""
    before = Query.objects.filter(locale=locale).count()
    rows = {
        one.text.lower(): Query(
            text=one.text.lower(), locale=locale, kind=one.kind, weight=one.weight, source=source
        )
        for one in found
    }
    Query.objects.bulk_create(
        rows.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["locale", "text"],
        update_fields=["weight", "source"],
    )
    sort_again(locale)
    return Query.objects.filter(locale=locale).count() - before


def sort_again(locale: str) -> None:
    """Put the language's queries together anew: to intents that are there, or to each other."""
    queries = list(Query.objects.filter(locale=locale).order_by("-weight", "pk"))
    known = {
        phrase: intent
        for intent in Intent.objects.all()
        for phrase in (intent.name, *intent.synonyms)
    }
    answered = nearest([one.text for one in queries], list(known), locale)
    groups = clustered([one.text for one in queries], locale)
    for place, query in enumerate(queries):
        phrase = answered.get(place)
        query.intent = known[phrase] if phrase is not None else None
        # The first of a group names it: it weighs most.
        query.cluster = queries[groups[place]].pk
    Query.objects.bulk_update(queries, ["intent", "cluster"], batch_size=500)


def grams(text: str, locale: str) -> near_duplicates.Runs:
    """The runs of letters of what is wanted."""
    words = [
        word for word in normalize_phrase(text).split() if word not in ASKING
    ] or normalize_phrase(text).split()
    size = GRAM_UNPARTED if near_duplicates.is_written_without_spaces(locale) else GRAM
    found: set[int] = set()
    for word in words:
        padded = word if near_duplicates.is_written_without_spaces(locale) else f" {word} "
        found.update(
            zlib.crc32(padded[at : at + size].encode())
            for at in range(max(1, len(padded) - size + 1))
        )
    return frozenset(found)


def nearest(texts: Sequence[str], phrases: Sequence[str], locale: str) -> dict[int, str]:
    """The phrase that means the same, by the text's place, where one does."""
    runs = {phrase: grams(phrase, locale) for phrase in phrases}
    where: dict[int, list[str]] = defaultdict(list)
    for phrase, found in runs.items():
        for run in found:
            where[run].append(phrase)
    same: dict[int, str] = {}
    for place, text in enumerate(texts):
        mine = grams(text, locale)
        near = {phrase for run in mine for phrase in where.get(run, ())}
        best = max(near, key=lambda phrase: likeness(mine, runs[phrase]), default=None)
        if best is not None and likeness(mine, runs[best]) >= SAME:
            same[place] = best
    return same


def clustered(texts: Sequence[str], locale: str) -> list[int]:
    """For each text the place of the text that leads its cluster; leaders come first.

    Each text joins the first leader that it is like, or leads: chains of likenesses, which end in
    clusters of all and sundry, cannot form.
    """
    leaders: dict[int, near_duplicates.Runs] = {}
    where: dict[int, list[int]] = defaultdict(list)
    found: list[int] = []
    for place, text in enumerate(texts):
        mine = grams(text, locale)
        near = sorted({leader for run in mine for leader in where.get(run, ())})
        like = next((one for one in near if likeness(mine, leaders[one]) >= SAME), None)
        if like is None:
            like = place
            leaders[place] = mine
            for run in mine:
                where[run].append(place)
        found.append(like)
    return found


def likeness(one: near_duplicates.Runs, other: near_duplicates.Runs) -> float:
    both = len(one & other)
    return both / max(len(one) + len(other) - both, 1)


@dataclass(frozen=True)
class Unwritten:
    """A page that nobody has written: the queries that want it."""

    number: int
    locale: str
    name: str
    weight: int
    queries: list[Query]

    @property
    def questions(self) -> int:
        return sum(one.kind == Query.Kind.QUESTION for one in self.queries)


def list_unwritten(locale: str = "") -> list[Unwritten]:
    """Clusters that no intent answers, the most wanted first."""
    rows = Query.objects.filter(intent=None, dismissed=False)
    if locale:
        rows = rows.filter(locale=locale)
    groups: dict[int, list[Query]] = defaultdict(list)
    for row in rows.order_by("-weight", "pk"):
        groups[row.cluster].append(row)
    found = [
        Unwritten(number, group[0].locale, group[0].text, sum(one.weight for one in group), group)
        for number, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.weight, -len(one.queries), one.name))


def dismiss_gap(number: int) -> None:
    Query.objects.filter(cluster=number).update(dismissed=True)
