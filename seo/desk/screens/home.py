"""Home screen of the desk: what there is to do now, and what to mend next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from seo.desk.checks import gate
from seo.desk.editing import scheduled
from seo.desk.metrics import page_metrics, recommendations
from seo.desk.metrics.recommendations import Reason
from seo.desk.screens.layout import me, user
from seo.models import KeywordPage, Version

SHOWN = 8
DAYS = 28
# Beyond so many live pages in a language the gate is asked draft by draft only.
MOST_LIVE = 2000


@dataclass(frozen=True)
class Waiting:
    """A draft, and what still holds it; `can_review` is about whoever looks."""

    version: Version
    blocking: list[gate.Finding]
    can_review: bool


def front(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """For the theme's DASHBOARD_CALLBACK: what staff of this desk may see of it."""
    context |= {"title": "Today", "is_fullwidth": "1"}
    if not request.user.has_perm("seo.view_version"):
        return context
    unpublished = Version.objects.select_related("page__intent").order_by("publish_at", "-pk")
    drafts = unpublished.filter(publish_at=None)
    return context | {
        "held_back": scheduled.held_back(),
        "mending": to_mend(),
        "drafts": looked_at(request, list(drafts[:SHOWN])),
        "drafts_in_all": drafts.count(),
        "scheduled": unpublished.filter(publish_at__gt=timezone.now())[:SHOWN],
        "days": DAYS,
    }


def to_mend() -> list[tuple[KeywordPage, Reason]]:
    """The pages that are most worth it, each with its weightiest reason."""
    reasons = recommendations.rank_pages(page_metrics.metrics_by_page(timezone.now().date(), DAYS))
    best = {number: max(found, key=worth) for number, found in reasons.items() if found}
    numbers = sorted(best, key=lambda number: worth(best[number]), reverse=True)[:SHOWN]
    pages = KeywordPage.objects.select_related("intent").in_bulk(numbers)
    return [(pages[number], best[number]) for number in numbers if number in pages]


def worth(reason: Reason) -> float:
    return reason.worth


def looked_at(request: HttpRequest, drafts: list[Version]) -> list[Waiting]:
    arounds: dict[str, gate.Around] = {}
    name, number = me(request), user(request).pk
    found = []
    for one in drafts:
        locale = one.page.locale
        blocking = []
        if KeywordPage.objects.filter(locale=locale).count() <= MOST_LIVE:
            around = arounds.get(locale) or arounds.setdefault(locale, gate.Around.of(locale))
            blocking = [finding for finding in gate.examine_version(one, around) if finding.blocks]
        can_review = not one.reviewer and not one.is_by(name, number)
        found.append(Waiting(one, blocking, can_review))
    return found
