"""First tries: what visitors got at once, whatever they came for."""

from django.http import HttpRequest, HttpResponse

from seo.desk import firsts
from seo.desk.screens.doing import SPANS
from seo.desk.screens.frame import allowed, framed
from tools import outcomes

MOST = 200


@allowed("desk.view_pageday")
def first_tries(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    span = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
    rows = outcomes.since(span)
    tables = [
        ("By engine", firsts.of_engines(rows)),
        ("By category", firsts.of_categories(rows)[:MOST]),
        ("By page", firsts.of_pages(rows)[:MOST]),
    ]
    return framed(request, "first_attempts.html", "First tries", tables=tables, span=span, spans=SPANS)
