"""Review queue: all drafts, and what is done to many of them at once."""

from collections import defaultdict
from contextlib import suppress

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from seo.desk.checks import gate
from seo.desk.editing import versions as drafts
from seo.desk.examples import orders
from seo.desk.screens.layout import allowed, framed, me, user
from seo.models import Version
from seo.page_cache.edition import Edition
from tools.errors import ToolsError
from tools.pipeline.errors import PipelineError

A_SCREEN = 100
A_TRANSACTION = 50


@allowed("seo.view_version")
def show_review_queue(request: HttpRequest) -> HttpResponse:
    found = chosen(request)
    screen = Paginator(found, A_SCREEN).get_page(request.GET.get("page"))
    locales = Version.objects.filter(publish_at=None).order_by("page__locale")
    return framed(
        request,
        "review_queue.html",
        "Drafts",
        screen=screen,
        locales=locales.values_list("page__locale", flat=True).distinct(),
        locale=request.GET.get("locale", ""),
        total=found.count(),
    )


def chosen(request: HttpRequest) -> QuerySet[Version]:
    rows = Version.objects.filter(publish_at=None).select_related("page__intent").order_by("-pk")
    locale = request.GET.get("locale", "")
    return rows.filter(page__locale=locale) if locale else rows


@allowed("seo.change_version")
def act_on_review(request: HttpRequest) -> HttpResponse:
    """Review or publish the drafts that were ticked, or all that the filter shows."""
    found = chosen(request)
    if "all" not in request.POST:
        found = found.filter(pk__in=[pk for pk in request.POST.getlist("pk") if pk.isdecimal()])
    versions = list(found)
    match request.POST.get("act"):
        case "review":
            with Edition.turned_once():
                name, number = me(request), user(request).pk
                done = sum(drafts.review_draft(version, name, number) for version in versions)
            say_reviewed(request, done, len(versions) - done)
        case "publish":
            return published(request, versions)
        case "example":
            asked = sum(exemplified(version) for version in versions)
            messages.success(
                request, f"A worker makes {asked} examples, of each page's first sample."
            )
    return redirect("admin:desk_review_queue")


def say_reviewed(request: HttpRequest, done: int, left: int) -> None:
    messages.success(request, f"{done} reviewed in your name.")
    if left:
        messages.warning(request, f"{left} are your own: somebody else has to review them.")


def exemplified(version: Version) -> bool:
    """Ask for an example of a page that has a sample and no example."""
    if version.examples or not version.samples:
        return False
    try:
        orders.order_example(version, alt=version.h1, sample=version.samples[0])
    except (PipelineError, ToolsError):
        return False
    return True


def published(request: HttpRequest, versions: list[Version]) -> HttpResponse:
    """Publish what passes the gate, and say of the rest what is to be mended, by reason."""
    live: list[Version] = []
    held: dict[str, list[tuple[Version, gate.Finding]]] = defaultdict(list)
    for version, findings in let_through(versions[::-1]):
        if gate.passes_gate(findings):
            live.append(version)
        for finding in findings:
            if finding.blocks:
                held[finding.name].append((version, finding))
    return framed(
        request,
        "published.html",
        "Published",
        live=live,
        left=len(versions) - len(live),
        held=sorted(held.items(), key=lambda pair: -len(pair[1])),
    )


def let_through(versions: list[Version]) -> list[tuple[Version, list[gate.Finding]]]:
    """What the gate found at each, and those that pass live; some in every transaction."""
    arounds: dict[str, gate.Around] = {}
    found = []
    for at in range(0, len(versions), A_TRANSACTION):
        with Edition.turned_once():
            for version in versions[at : at + A_TRANSACTION]:
                locale = version.page.locale
                around = arounds.get(locale) or arounds.setdefault(locale, gate.Around.of(locale))
                with suppress(drafts.ChangedMeanwhileError):
                    found.append((version, drafts.publish_version(version, around=around)))
    return found
