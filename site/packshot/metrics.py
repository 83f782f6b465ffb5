"""Metrics for whoever runs the site, as Prometheus reads them."""

import base64
import hmac
from ipaddress import ip_address

from django.conf import settings
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from billing import audit
from foundation import heartbeats
from tools.models import Archive, Attempt, Check, DeadLetter, Export, Fetch, Job, Photo

JOBS: tuple[type[Job], ...] = (Attempt, Export, Archive, Check, Fetch)


@never_cache
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        # As if there were no such page.
        return HttpResponse("Not found.\n", status=404, content_type="text/plain")
    lines = [f"packshot_{name} {value}" for name, value in numbers().items()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def may_read(request: HttpRequest) -> bool:
    """With PACKSHOT_METRICS_TOKEN its owner (HTTP Basic, any name); without, this machine alone."""
    if settings.METRICS_TOKEN:
        scheme, _space, sent = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            _name, _colon, password = base64.b64decode(sent).partition(b":")
        except ValueError:
            return False
        return hmac.compare_digest(password, settings.METRICS_TOKEN.encode())
    # A proxy on this machine passes on what strangers ask.
    passed_on = {"X-Forwarded-For", "Forwarded", "Via"} & set(request.headers)
    return not passed_on and ip_address(request.META["REMOTE_ADDR"]).is_loopback


def numbers() -> dict[str, int]:
    found = audit.read_gauges()
    now = timezone.now()
    for kind in JOBS:
        name = kind.__name__.lower()
        rows = kind._default_manager.all()  # noqa: SLF001  Django names the default manager so
        counts = dict(rows.order_by().values_list("status").annotate(Count("pk")))
        for status in Job.Status:
            found[f'jobs{{kind="{name}",status="{status.value}"}}'] = counts.get(status.value, 0)
        oldest = rows.filter(status=Job.Status.QUEUED).aggregate(since=Min("created"))["since"]
        waited = int((now - oldest).total_seconds()) if oldest else 0
        found[f'jobs_oldest_wait_seconds{{kind="{name}"}}'] = waited
    age = heartbeats.heartbeat_age()
    found["photos"] = Photo.objects.count()
    found["dead_letters"] = DeadLetter.objects.count()
    found["timetable_age_seconds"] = int(age.total_seconds()) if age else -1
    return found
