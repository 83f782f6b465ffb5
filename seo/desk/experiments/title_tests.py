"""Title tests the way search engines allow: pages are split, not visitors.

Every visitor and every crawler sees one title on one page. Pages that did alike are paired, a
drawn lot says which of each pair gets its new title, and all of them go live at one time. Tests on
visitors, for words on a button under one address, are in seo.desk.experiments.ab_tests.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from seo.desk.checks import gate
from seo.desk.editing import versions
from seo.desk.experiments import statistics
from seo.desk.metrics.page_metrics import Figures
from seo.desk.models import SearchResult, TitleTest, TitleTestPair
from seo.models import KeywordPage, Version

# Before a page is known well enough to be compared.
FEWEST_IMPRESSIONS = 100
# Search engines take some days to show a new title.
SETTLING = timedelta(days=3)


@dataclass(frozen=True)
class Candidate:
    page: int
    figures: Figures


def paired(candidates: Sequence[Candidate], seed: int) -> list[tuple[int, int]]:
    """Pairs of pages that did alike, as (changed, control): neighbours by place and impressions.

    Which of the two is changed is drawn by the seed; an odd page is left out.
    """
    known = [one for one in candidates if one.figures.impressions >= FEWEST_IMPRESSIONS]
    ranked = sorted(known, key=lambda one: (band(one.figures), one.figures.impressions))
    lots = random.Random(seed)  # noqa: S311  a lot, not a secret
    pairs = []
    for one, other in zip(ranked[::2], ranked[1::2], strict=False):
        both = [one.page, other.page]
        lots.shuffle(both)
        pairs.append((both[0], both[1]))
    return pairs


def band(figures: Figures) -> int:
    """Places that are clicked alike: the first, those to the third, the first screen, the rest."""
    place = figures.position or 100.0
    return next((at for at, most in enumerate((1.5, 3.5, 6.5, 10.5, 20.5)) if place <= most), 5)


@transaction.atomic
def draw_pairs(trial: TitleTest, candidates: Sequence[Candidate]) -> int:
    """Draw the pairs of a trial that is not saved yet, and save it; return how many there are."""
    trial.save()
    rows = [
        TitleTestPair(trial=trial, changed_id=changed, control_id=control)
        for changed, control in paired(candidates, seed=trial.pk)
    ]
    TitleTestPair.objects.bulk_create(rows)
    return len(rows)


def busy_pages() -> set[int]:
    """Pages of a test that is not over: one change at a time, or nobody knows which it was."""
    found: set[int] = set()
    for pair in TitleTestPair.objects.select_related("trial"):
        if not is_test_over(pair.trial):
            found |= {pair.changed_id, pair.control_id}
    return found


def is_test_over(trial: TitleTest) -> bool:
    if trial.started is None:
        return False
    return timezone.now() > trial.started + SETTLING + timedelta(days=trial.days)


@dataclass(frozen=True)
class Refusal:
    page: KeywordPage
    findings: list[gate.Finding]


def start_title_test(trial: TitleTest, reviewer: str, by: int | None = None) -> list[Refusal]:
    """Publish all the new titles at one time, or none: return what the gate has against which.

    The reviewer has read the titles; the rest of each page is what is live.
    """
    around = gate.Around.of(trial.locale)
    made: list[tuple[TitleTestPair, Version]] = []
    refused: list[Refusal] = []
    for pair in trial.pairs.exclude(title="").select_related("changed__intent"):
        live = versions.find_live_version(pair.changed)
        if live is None:
            continue
        words = versions.copy_words(live) | {"title": pair.title}
        hands = {"author": trial.author, "written_by_id": trial.written_by_id}
        hands |= {"reviewer": reviewer, "reviewed_by_id": by}
        version = Version(page=pair.changed, **hands, **words)
        findings = [one for one in gate.examine_version(version, around) if one.blocks]
        if findings:
            refused.append(Refusal(pair.changed, findings))
        else:
            around.take(version)
        made.append((pair, version))
    if refused or not made:
        return refused
    now = timezone.now()
    with transaction.atomic():
        begun = TitleTest.objects.filter(pk=trial.pk, started=None)
        if begun.update(started=now, reviewer=reviewer) != 1:
            return []  # it runs already: whoever asks twice begins it once
        for pair, version in made:
            version.publish_at = now
            version.save()
            TitleTestPair.objects.filter(pk=pair.pk).update(version=version)
    return []


def read_title_test(
    trial: TitleTest,
) -> tuple[statistics.Reading | None, list[tuple[TitleTestPair, statistics.Pair]]]:
    """What the test says by now, and its pairs' rates before and after."""
    if trial.started is None:
        return None, []
    start = trial.started.date()
    before = (start - timedelta(days=trial.days), start - timedelta(days=1))
    settled = start + SETTLING
    after = (settled, min(settled + timedelta(days=trial.days - 1), timezone.now().date()))
    tested = trial.pairs.exclude(version=None).select_related("changed__intent", "control__intent")
    rows = list(tested)
    numbers = [number for row in rows for number in (row.changed_id, row.control_id)]
    was, now = rates(numbers, *before), rates(numbers, *after)
    none = statistics.Rate(0, 0)
    pairs = [
        (
            row,
            statistics.Pair(
                was.get(row.changed_id, none),
                now.get(row.changed_id, none),
                was.get(row.control_id, none),
                now.get(row.control_id, none),
            ),
        )
        for row in rows
    ]
    shown = [pair for _, pair in pairs if least(pair) > 0]
    return statistics.read(shown), pairs


def least(pair: statistics.Pair) -> int:
    rates = (pair.changed_before, pair.changed_after, pair.control_before, pair.control_after)
    return min(rate.impressions for rate in rates)


def rates(pages: Sequence[int], first: date, last: date) -> dict[int, statistics.Rate]:
    """Clicks and impressions by page, from the days that lie whole in the time."""
    rows = SearchResult.objects.filter(page__in=pages, first__gte=first, last__lte=last)
    sums = rows.values("page").annotate(clicked=Sum("clicks"), shown=Sum("impressions"))
    return {row["page"]: statistics.Rate(row["clicked"], row["shown"]) for row in sums}
