"""First attempts screen: what visitors got at once, whatever they came for."""

from django.http import HttpRequest, HttpResponse

from seo.desk.metrics import first_attempts
from seo.desk.screens.dashboard import SPANS
from seo.desk.screens.layout import allowed, framed
from tools.analytics import attempt_counts

MOST = 200


@allowed("desk.view_pageday")
def first_tries(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    span = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
    rows = attempt_counts.list_recent(span)
    tables = [
        ("By engine", first_attempts.rows_by_engine(rows)),
        ("By category", first_attempts.rows_by_category(rows)[:MOST]),
        ("By page", first_attempts.rows_by_page(rows)[:MOST]),
    ]
    return framed(
        request, "first_attempts.html", "First tries", tables=tables, span=span, spans=SPANS
    )
