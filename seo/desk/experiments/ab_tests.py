"""A/B tests on visitors, under one address: words on a button, or which section comes first.

Half of the visitors see the variant; both halves are counted at the same time, so that neither the
season nor the search engine is between them. What is compared are visits: how many gave a photo in,
had a result, took it away. An ended test keeps its counts when the events are forgotten.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from seo.desk.experiments import statistics
from seo.models import KeywordPage, Variant
from tools.models import PageEvent

# The event, and what a visit that has it did.
STEPS = {
    "tool_input": "gave a photo in",
    "tool_result": "got a result",
    "download": "downloaded it",
}
VISIT = "tool_view"
# Events are kept for thirty days; a test ends while all of its own are there.
LONGEST = 28
# Of each half, before the rates are worth comparing.
ENOUGH = 30


@dataclass(frozen=True)
class Line:
    """One step of the way, by both halves, and how the variant changes it."""

    name: str
    usual: statistics.Rate
    changed: statistics.Rate
    reading: statistics.Reading | None


def start_test(variant: Variant, by: int) -> bool:
    """Show it from now on; False for whoever wrote it, and for one that was started before."""
    if variant.author_id == by or variant.started is not None:
        return False
    variant.started = timezone.now()
    variant.save()
    return True


def end_test(variant: Variant) -> None:
    """Show everybody the page as it is again, and keep what was counted."""
    if variant.started is None:
        variant.delete()
        return
    variant.counts = counted(variant)
    variant.ended = timezone.now()
    variant.save()


def end_what_is_over() -> None:
    for variant in Variant.objects.filter(ended=None).exclude(started=None):
        if variant.started and timezone.now() >= variant.started + timedelta(days=variant.days):
            end_test(variant)


def counted(variant: Variant) -> dict[str, Any]:
    """Visits of either half that had each event: {"a": {"tool_view": 120, …}, "b": …}."""
    if variant.ended is not None:
        return dict(variant.counts)
    halves = {f"{variant.pk}{half}": half for half in "ab"}
    events = PageEvent.objects.filter(variant__in=halves, event__in=[VISIT, *STEPS])
    rows = events.order_by().values_list("variant", "event").annotate(Count("visit", distinct=True))
    found: dict[str, Any] = {"a": {}, "b": {}}
    for shown, event, visits in rows:
        found[halves[shown]][event] = visits
    return found


def read_test(variant: Variant) -> list[Line]:
    counts = counted(variant)

    def rate(half: str, event: str) -> statistics.Rate:
        return statistics.Rate(counts[half].get(event, 0), counts[half].get(VISIT, 0))

    return [
        Line(
            words, rate("a", event), rate("b", event), compared(rate("a", event), rate("b", event))
        )
        for event, words in STEPS.items()
    ]


def compared(usual: statistics.Rate, changed: statistics.Rate) -> statistics.Reading | None:
    fewest = min(usual.impressions, changed.impressions)
    return statistics.between(usual, changed) if fewest >= ENOUGH else None


def list_tests(page: KeywordPage) -> tuple[Variant | None, list[Variant]]:
    """The page's variant that is not over, and those that are, the newest first."""
    rows = list(page.variants.select_related("author").order_by("-pk"))
    return next((one for one in rows if one.ended is None), None), [
        one for one in rows if one.ended is not None
    ]
