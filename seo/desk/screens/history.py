"""Version history: looked at, compared, reviewed, published, brought back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from seo.desk.checks import gate
from seo.desk.editing import diff, previews
from seo.desk.editing import versions as drafts
from seo.desk.screens.edit_page import live_pk, published
from seo.desk.screens.layout import about, allowed, framed, me, user
from seo.models import KeywordPage, Version


def find(pk: int) -> Version:
    return get_object_or_404(Version.objects.select_related("page__intent"), pk=pk)


@allowed("seo.view_version")
def list_versions(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    live = live_pk(page)
    rows = [
        {
            "version": one,
            "state": drafts.version_state(one, live),
            "preview": previews.preview_address(one),
        }
        for one in page.versions.order_by("-pk")
    ]
    return framed(request, "versions.html", page.intent.name, rows=rows, **about(page, "versions"))


@allowed("seo.view_version")
def compare_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """An older version (`old`) beside a newer one (`new`) of the same page."""
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    chosen = [request.GET.get(name, "") for name in ("old", "new")]
    if not all(number.isdecimal() for number in chosen):
        messages.info(request, "Choose two versions to compare.")
        return redirect("admin:desk_versions", pk=pk)
    old, new = (get_object_or_404(page.versions.all(), pk=number) for number in chosen)
    changes = diff.list_changes(old, new)
    return framed(
        request,
        "diff.html",
        page.intent.name,
        old=old,
        new=new,
        changes=changes,
        **about(page, "versions"),
    )


@allowed("seo.view_version")
def show_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the gate says of a version, all of it."""
    version = find(pk)
    findings = gate.examine_version(version, gate.Around.of(version.page.locale))
    state = drafts.version_state(version, live_pk(version.page))
    return framed(
        request,
        "publish_checks.html",
        version.page.intent.name,
        version=version,
        state=state,
        findings=sorted(findings, key=lambda one: (one.met, not one.must)),
        blocking=sum(one.blocks for one in findings),
        preview=previews.preview_address(version),
        is_mine=version.is_by(me(request), user(request).pk),
        **about(version.page, "gate"),
    )


@require_POST
@allowed("seo.change_version")
def act_on_version(request: HttpRequest, pk: int) -> HttpResponse:
    """One act on one version: review, publish, withhold, roll back, or throw a draft away."""
    version = find(pk)
    done = request.POST.get("act")
    if done == "publish":
        return published(request, version, None)
    if done == "review":
        told = drafts.review_draft(version, me(request), user(request).pk)
        say(request, "Reviewed in your name.", "Its author cannot review it." if not told else "")
        return redirect("admin:desk_publish_checks", pk=pk)
    if done == "withhold":
        told = drafts.withhold_version(version)
        say(
            request, "It waits no more: it is a draft again.", "" if told else "It is live already."
        )
        return redirect("admin:desk_publish_checks", pk=pk)
    if done == "back":
        draft = drafts.roll_back(version, me(request), user(request).pk)
        return published(request, draft, None)
    if done == "discard" and version.publish_at is None:
        version.delete()
        messages.success(request, "The draft is gone.")
    return redirect("admin:desk_versions", pk=version.page_id)


def say(request: HttpRequest, done: str, trouble: str) -> None:
    if trouble:
        messages.error(request, trouble)
    else:
        messages.success(request, done)


@require_POST
@allowed("seo.add_keywordpage")
def translate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page in another language, with what is missing marked."""
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    locale = request.POST.get("locale", "")
    if locale not in dict(settings.LANGUAGES):
        return redirect("admin:desk_page", pk=pk)
    twin = drafts.translate_page(page, locale, me(request), user(request).pk)
    return redirect("admin:desk_page", pk=twin.pk)


@require_POST
@allowed("seo.change_keywordpage")
def remove_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a page away, so that its addresses answer 410; or bring it back as it was."""
    page = get_object_or_404(KeywordPage, pk=pk)
    page.removed = timezone.now() if request.POST.get("act") == "remove" else None
    page.save()
    where = page.get_absolute_url()
    told = "is gone, and says so to search engines" if page.removed else "is back"
    messages.success(request, f"{where} {told}.")
    return redirect("admin:desk_versions", pk=pk)
