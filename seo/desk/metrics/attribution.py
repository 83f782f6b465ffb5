"""Attribution: a sign-up, a purchase or a refund came of the page that the same visit saw last.

A visit is told by the number that the day's events carry and that means nothing on another day; so
what is bought tomorrow is of no page, and no person is followed.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from billing.models import Purchase
from tools.analytics import page_events
from tools.models import PageEvent

Answer = Callable[[HttpRequest], HttpResponseBase]
REDIRECTS = range(300, 400)


def note(request: HttpRequest, event: str, *, value: float | None = None, label: str = "") -> None:
    """Write the event down beside the visit's others; of a visit that saw no page nothing is."""
    now = timezone.now()
    address = request.META.get("REMOTE_ADDR", "")
    visit = page_events.hash_visit(address, request.headers.get("User-Agent", ""), now.date())
    seen = PageEvent.objects.filter(event="tool_view", visit=visit).order_by("-at").first()
    if seen is None:
        return
    there = {"event": event, "visit": visit, "label": label}
    if label and PageEvent.objects.filter(**there).exists():
        return
    PageEvent.objects.create(
        **there, at=now, page=seen.page, locale=seen.locale, tool=seen.tool, value=value
    )


def signed_up(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        note(request, "sign_up")


def watch(get_response: Answer) -> Answer:
    """Notice who comes back from the checkout, and who asks for credits back."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == "bought" and response.status_code in REDIRECTS:
            bought(request)
        elif name == "credits-back" and request.method == "POST":
            note(request, "refund_asked")
        return response

    return middleware


def bought(request: HttpRequest) -> None:
    """A purchase is told once, however often its page is looked at."""
    purchase = Purchase.objects.filter(ref=f"cs:{request.GET.get('session', '')}").first()
    if purchase is not None:
        label = purchase.ref[-40:]
        note(request, "credits_bought", value=float(purchase.credits), label=label)
