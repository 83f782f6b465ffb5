import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from kombu.exceptions import KombuError

from packshot.celery import app
from seo.page_cache.store import may_be_kept
from seo.public import page_context

log = logging.getLogger(__name__)


@may_be_kept
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", page_context.home_context(request))


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The parts that the process needs answer."""
    said = {"database": database(), "queue": queue()}
    return JsonResponse(said, status=200 if set(said.values()) == {"ok"} else 503)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        # What it says of hosts and users is for the log, not for whoever asks.
        log.exception("the database does not answer")
        return "does not answer"
    return "ok"


def queue() -> str:
    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (KombuError, OSError):
        log.exception("the queue does not answer")
        return "does not answer"
    return "ok"
