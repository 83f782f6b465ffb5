"""Analytics views: the beacon that pages send, and the ratings of the tools."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import visitors
from foundation.messages import send_message
from tools.analytics import page_events, ratings
from tools.errors import TooManyEventsError
from tools.queue import messages
from tools.web import ownership, throttle
from tools.web.responses import refusal_response, says_errors

TOO_LARGE = 413
# Beacons from one network in so many seconds; a page sends a few in a visit.
MOST_BEACONS, BEACONS_SECONDS = 600, 60


@require_POST
@says_errors
def receive_beacon(request: HttpRequest) -> HttpResponse:
    """Hand a beacon's events to the queue; of whoever does not want to be counted, nothing."""
    address = request.META.get("REMOTE_ADDR", "")
    if not is_welcome(request):
        return HttpResponse(status=204)
    # The first is said before a byte is read; a sender that names no length is read and refused.
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if announced > page_events.MOST_BYTES or len(request.body) > page_events.MOST_BYTES:
        return refusal_response(TooManyEventsError.id, TOO_LARGE)
    if not throttle.is_within_rate(
        "page-events", address, most=MOST_BEACONS, seconds=BEACONS_SECONDS
    ):
        raise TooManyEventsError
    if rows := page_events.parse_beacon(request.body):
        if visitors.came_back(request, page_events.A_WEEK):
            rows += page_events.add_returned(rows)
        now = timezone.now()
        visit = page_events.hash_visit(address, request.headers.get("User-Agent", ""), now.date())
        # A queue that is away must not hold up anybody's page: then these are lost.
        common = {"at": now.isoformat(), "visit": visit}
        send_message(messages.RECORD_EVENTS, rows, kwargs=common, retry=False)
    return HttpResponse(status=204)


def is_welcome(request: HttpRequest) -> bool:
    return request.headers.get("DNT") != "1" and request.headers.get("Sec-GPC") != "1"


@require_POST
@says_errors
def rate_tool(request: HttpRequest) -> HttpResponse:
    attempt = ownership.own_attempt(request, request.POST.get("attempt"))
    made = ratings.rate_attempt(visitors.ensure_visitor(request), attempt, request.POST.dict())
    return JsonResponse({"tool": made.tool, "stars": made.stars, "words": made.words}, status=201)
