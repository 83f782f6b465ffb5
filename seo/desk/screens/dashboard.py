"""Dashboard of one page: how it does, day by day."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from seo.desk.metrics import (
    daily_rollup,
    line_charts,
    page_metrics,
    recommendations,
    search_console_api,
)
from seo.desk.metrics.line_charts import Plot
from seo.desk.metrics.page_metrics import Figures
from seo.desk.screens.layout import about, allowed, framed
from seo.models import KeywordPage

SPANS = (28, 90, 365)
# Title, the figure's name, how it is written.
RATES = (
    ("Input rate", "input_rate", "{:.0%}"),
    ("Success rate", "success_rate", "{:.0%}"),
    ("Download rate", "download_rate", "{:.0%}"),
    ("Quick exits", "quick_rate", "{:.0%}"),
    ("Attempts a visit", "attempts_a_visit", "{:.1f}"),
    ("Two or more attempts", "several_rate", "{:.0%}"),
    ("Return visits in 7 days", "return_rate", "{:.0%}"),
)
COUNTS = (
    ("Sign-ups", "sign_ups"),
    ("Credits bought", "credits"),
    ("Refunds asked", "refunds"),
)
VITALS = (
    ("LCP, p75", "lcp", "{:,.0f} ms"),
    ("INP, p75", "inp", "{:,.0f} ms"),
    ("CLS, p75", "cls", "{:.2f}"),
)
SEARCH = (("CTR", "ctr", "{:.1%}"), ("Position", "position", "{:.1f}"))


@allowed("desk.view_pageday")
def show_dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    asked = request.GET.get("days", "")
    span = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
    today = timezone.now().date()
    # What has happened since the timetable's last turns, by day and by night.
    for day in (today - timedelta(days=1), today):
        daily_rollup.count_day(day, page)
    everybody = page_metrics.metrics_by_page(today, span)
    mine = everybody.get(pk) or Figures()
    return framed(
        request,
        "dashboard.html",
        page.intent.name,
        mine=mine,
        tiles=tiles(mine),
        plots=drawn(pk, span),
        reasons=recommendations.list_reasons(
            mine, recommendations.usual_metrics(list(everybody.values()))
        ),
        span=span,
        spans=SPANS,
        has_console=search_console_api.is_set_up(),
        **about(page, "doing"),
    )


def drawn(pk: int, span: int) -> list[tuple[str, list[Plot]]]:
    """The plots in their groups."""
    rows = page_metrics.metrics_by_day(pk, timezone.now().date(), span)
    days = [day for day, _ in rows]
    every = [one for _, one in rows]

    def counted(title: str, name: str) -> Plot:
        return line_charts.plot_days(title, days, [one.of(name) for one in every])

    def rate(title: str, name: str, form: str) -> Plot:
        return line_charts.plot_days(title, days, [getattr(one, name) for one in every], form=form)

    def seconds(name: str) -> list[float | None]:
        found = (getattr(one, name) for one in every)
        return [None if value is None else value / 1000 for value in found]

    first = line_charts.plot_days(
        "First result, p50 and p75", days, seconds("first_p50"), form="{:.1f} s",
        beside=seconds("first_p75"),
    )  # fmt: skip
    searches = [
        line_charts.plot_days("Clicks", days, [one.clicks for one in every]),
        line_charts.plot_days("Impressions", days, [one.impressions for one in every]),
        *(rate(*row) for row in SEARCH),
    ]
    return [
        ("Visits", [counted("Views", "views"), *(rate(*row) for row in RATES), first]),
        ("In search results", searches),
        (
            "What came of it",
            [*(counted(*row) for row in COUNTS), rate("Rating", "rating", "{:.1f}")],
        ),
        ("Speed in the field", [rate(*row) for row in VITALS]),
    ]


def tiles(mine: Figures) -> list[tuple[str, str]]:
    """The whole time in a few numbers."""
    shares = [
        ("gave a photo in", mine.input_rate),
        ("got a result", mine.success_rate),
        ("downloaded it", mine.download_rate),
        ("left within 10 s", mine.quick_rate),
    ]
    told = [("views", f"{mine.of('views'):,}")]
    told += [(name, f"{value:.0%}") for name, value in shares if value is not None]
    if mine.first_p50 is not None:
        told.append(("to the first result", f"{mine.first_p50 / 1000:.1f} s"))
    if mine.ctr is not None:
        told.append((f"of {mine.impressions:,} impressions clicked", f"{mine.ctr:.1%}"))
    if mine.rating is not None:
        told.append((f"of 5, by {mine.of('ratings')}", f"{mine.rating:.1f}"))
    return told
