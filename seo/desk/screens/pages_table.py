"""Table of all pages, the one first that is most worth mending, with the reason in words."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from seo.desk.metrics import page_metrics, recommendations
from seo.desk.metrics.page_metrics import Figures
from seo.desk.metrics.recommendations import Reason
from seo.desk.screens.layout import allowed, framed
from seo.models import KeywordPage, Version

DAYS = 28
A_SCREEN = 50
# What the table may be sorted by, and whether more is first.
SORTS = {
    "worth": "What to fix next",
    "views": "Views",
    "input_rate": "Inputs",
    "success_rate": "Results",
    "download_rate": "Downloads",
    "quick_rate": "Quick exits",
    "clicks": "Clicks",
    "ctr": "CTR",
    "position": "Position",
    "rating": "Rating",
    "newest": "Newest",
}


@dataclass(frozen=True)
class Line:
    page: KeywordPage
    figures: Figures
    reasons: list[Reason]
    live: Version | None
    has_draft: bool
    is_waiting: bool


@allowed("seo.view_keywordpage")
def show_pages_table(request: HttpRequest) -> HttpResponse:
    sort = request.GET.get("sort", "worth")
    today = timezone.now().date()
    found = page_metrics.metrics_by_page(today, DAYS)
    ranked = recommendations.rank_pages(found)
    numbers = ordered(chosen(request), sort if sort in SORTS else "worth", found, ranked)
    screen = Paginator(numbers, A_SCREEN).get_page(request.GET.get("page"))
    return framed(
        request,
        "pages_table.html",
        "Pages",
        screen=screen,
        lines=lines(list(screen.object_list), found, ranked),
        sorts=SORTS,
        sort=sort,
        asked=request.GET.get("q", ""),
        locale=request.GET.get("locale", ""),
        state=request.GET.get("state", ""),
        locales=KeywordPage.objects.order_by("locale").values_list("locale", flat=True).distinct(),
        days=DAYS,
        until=today,
        counted=sum(one.of("views") for one in found.values()),
    )


def chosen(request: HttpRequest) -> QuerySet[KeywordPage]:
    """The pages that the filters leave."""
    pages = KeywordPage.objects.all()
    versions = Version.objects.filter(page=OuterRef("pk"))
    if locale := request.GET.get("locale"):
        pages = pages.filter(locale=locale)
    if asked := request.GET.get("q"):
        pages = pages.filter(Q(slug__icontains=asked) | Q(intent__name__icontains=asked))
    match request.GET.get("state"):
        case "draft":
            pages = pages.filter(Exists(versions.filter(publish_at=None)))
        case "live":
            pages = pages.filter(Exists(versions.filter(publish_at__lte=timezone.now())))
        case "scheduled":
            pages = pages.filter(Exists(versions.filter(publish_at__gt=timezone.now())))
    return pages


def ordered(
    pages: QuerySet[KeywordPage],
    sort: str,
    found: dict[int, Figures],
    ranked: dict[int, list[Reason]],
) -> list[int]:
    """The pages' numbers, those without any figure last."""
    numbers = list(pages.order_by("-pk").values_list("pk", flat=True))

    def key(number: int) -> float:
        if sort == "worth":
            return sum(reason.worth for reason in ranked.get(number, ()))
        one = found.get(number)
        value: Any = None
        if one is not None:
            value = one.of("views") if sort == "views" else getattr(one, sort, None)
        return float("-inf") if value is None else -value if sort == "position" else value

    return numbers if sort == "newest" else sorted(numbers, key=key, reverse=True)


def lines(
    numbers: list[int], found: dict[int, Figures], ranked: dict[int, list[Reason]]
) -> list[Line]:
    pages = KeywordPage.objects.select_related("intent").in_bulk(numbers)
    now = timezone.now()
    live: dict[int, Version] = {}
    drafts, waiting = set(), set()
    versions = Version.objects.filter(page__in=numbers).order_by("publish_at", "pk")
    for version in versions.only("pk", "page_id", "publish_at", "h1"):
        if version.publish_at is None:
            drafts.add(version.page_id)
        elif version.publish_at > now:
            waiting.add(version.page_id)
        else:
            live[version.page_id] = version
    return [
        Line(
            page=pages[number],
            figures=found.get(number) or Figures(),
            reasons=ranked.get(number, []),
            live=live.get(number),
            has_draft=number in drafts,
            is_waiting=number in waiting,
        )
        for number in numbers
    ]
