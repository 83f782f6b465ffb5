"""Page editor: one form for a page, with the page itself beside it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from seo.desk.checks import gate, title_width
from seo.desk.editing import previews, versions
from seo.desk.editing.form_rows import TITLES
from seo.desk.editing.forms import INTENT, Whole
from seo.desk.models import Query
from seo.desk.screens.layout import about, allowed, framed, me, user
from seo.models import Intent, KeywordPage, Version
from tools.storage import samples


@allowed("seo.add_keywordpage")
def new_page(request: HttpRequest) -> HttpResponse:
    """Write a page that is not there yet; a suggestion brings what is known of it."""
    whole = Whole(request.POST or None, initial=suggested(request))
    if request.method == "POST" and whole.is_valid() and (page := made(whole)):
        return saved(request, page, whole)
    return written(request, "A new page", whole)


@allowed("seo.change_version")
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing a page: its draft, or a new one from what is live."""
    found = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    version = versions.find_newest(found)
    whole = Whole(request.POST or None, page=found, version=version)
    if request.method == "POST" and whole.is_valid() and moved(request, found, whole):
        return saved(request, found, whole)
    source = versions.find_translation_source(found)
    return written(
        request,
        found.intent.name,
        whole,
        version=version,
        source=source,
        missing=versions.list_missing(version, source) if version else [],
        state=versions.version_state(version, live_pk(found)) if version else "draft",
        **about(found, "write"),
    )


def live_pk(found: KeywordPage) -> int | None:
    live = versions.find_live_version(found)
    return live.pk if live else None


def written(request: HttpRequest, title: str, whole: Whole, **context: Any) -> HttpResponse:
    return framed(
        request,
        "edit_page.html",
        title,
        whole=whole,
        form=whole.form,
        lists=[(name, TITLES[name], rows) for name, rows in whole.rows.items()],
        samples=samples.load_samples(),
        languages=whole.form.fields["locale"].choices,  # type: ignore[attr-defined]  # a ChoiceField
        title_most=title_width.TITLE.most,
        description_most=title_width.DESCRIPTION.most,
        **context,
    )


def suggested(request: HttpRequest) -> dict[str, Any]:
    """What a cluster of queries tells of the page that is wanted."""
    number = request.GET.get("cluster", "")
    if not number.isdecimal():
        return {}
    wanted = Query.objects.filter(cluster=int(number), dismissed=False).order_by("-weight", "pk")
    asked = [one for one in wanted if one.kind == Query.Kind.QUESTION]
    typed = [one for one in wanted if one.kind == Query.Kind.QUERY] or asked
    if not typed:
        return {}
    first = typed[0]
    return {
        "intent_name": first.text[:80],
        "locale": first.locale,
        "h1": first.text[:90],
        "synonyms": [one.text for one in typed[1:9]],
        "questions": [{"question": one.text, "answer": ""} for one in asked[:8]],
    }


def made(whole: Whole) -> KeywordPage | None:
    """The new page; None, with the form saying why, where it cannot be."""
    said = whole.form.cleaned_data
    try:
        with transaction.atomic():
            intent = whole.form.chosen_intent()
            if intent.pk is None:
                intent.full_clean()
                intent.save()
            return versions.new_page(intent, said["locale"], said["slug"])
    except ValidationError as error:
        refuse(whole, error)
        return None


def moved(request: HttpRequest, found: KeywordPage, whole: Whole) -> bool:
    """Take a changed address and changed words of the intent over; the old address leads there."""
    said = whole.form.cleaned_data
    try:
        with transaction.atomic():
            found.slug = said["slug"]
            found.full_clean()
            found.save()
            if request.user.has_perm("seo.change_intent"):
                intent = found.intent
                for name in INTENT:
                    setattr(intent, name, said[name] or getattr(intent, name))
                intent.marketplace, intent.synonyms = said["marketplace"], said["synonyms"]
                intent.full_clean()
                intent.save()
    except ValidationError as error:
        refuse(whole, error)
        return False
    return True


def refuse(whole: Whole, error: ValidationError) -> None:
    for name, words in error.message_dict.items():
        field = {"name": "intent_name", "slug": "slug"}.get(name, name)
        whole.form.add_error(field if field in whole.form.fields else None, words)


def saved(request: HttpRequest, found: KeywordPage, whole: Whole) -> HttpResponse:
    version = versions.write_draft(found, whole.words(), me(request), user(request).pk)
    act = request.POST.get("act", "save")
    if act in {"publish", "schedule"}:
        at = whole.form.cleaned_data["publish_at"] if act == "schedule" else None
        return published(request, version, at)
    messages.success(request, "Saved as a draft.")
    return redirect("admin:desk_page", pk=found.pk)


def published(request: HttpRequest, version: Version, at: Any) -> HttpResponse:
    """Through the gate, and then to the page's versions, where the gate says what it found."""
    try:
        findings = versions.publish_version(version, at=at, by=user(request))
    except versions.ChangedMeanwhileError:
        messages.error(request, "Somebody has changed the draft meanwhile. Look at it again.")
    else:
        if gate.passes_gate(findings):
            messages.success(request, f"Live{f' from {at:%d %B, %H:%M} UTC' if at else ' now'}.")
        else:
            messages.error(request, "Not published: the gate has reasons.")
    return redirect("admin:desk_publish_checks", pk=version.pk)


@require_POST
@allowed("seo.change_version")
def show_sketch(request: HttpRequest) -> HttpResponse:
    """Keep what stands in the form for the preview beside it; say how wide title and description
    are, and what is not written."""
    number = request.GET.get("page", "")
    found = KeywordPage.objects.select_related("intent").filter(pk=number or 0).first()
    whole = Whole(request.POST, page=found)
    valid = whole.is_valid()
    if not valid and "slug" in whole.form.errors and "slug" not in whole.form.cleaned_data:
        whole.form.cleaned_data["slug"] = "page"
    said = whole.form.cleaned_data
    intent = found.intent if found else sketched_intent(whole)
    request.session[previews.SKETCH] = {
        "intent": {
            "pk": intent.pk or 0,
            "slug": intent.slug,
            "name": intent.name,
            "tool": whole.tool.slug,
            "hub": intent.hub,
            "marketplace": said.get("marketplace") or "",
        },
        "page": {
            "pk": found.pk if found else 0,
            "locale": said.get("locale") or "en",
            "slug": said.get("slug") or "page",
        },
        "words": whole.words(),
    }
    return JsonResponse(
        {
            "url": reverse("desk:draft-preview"),
            "title": title_width.measure_width(said.get("title", ""), title_width.TITLE),
            "description": title_width.measure_width(
                said.get("description", ""), title_width.DESCRIPTION
            ),
        }
    )


def sketched_intent(whole: Whole) -> Intent:
    said = whole.form.cleaned_data
    chosen = said.get("intent")
    return chosen or Intent(
        slug="sketch", name=said.get("intent_name", ""), hub=said.get("hub") or "task"
    )


@allowed("seo.view_version")
def edit_settings(request: HttpRequest) -> HttpResponse:
    """The controls of a tool that was chosen in the form."""
    whole = Whole(initial={"tool": request.GET.get("tool", "")})
    if intent := Intent.objects.filter(pk=request.GET.get("intent") or 0).first():
        whole = Whole(initial={"intent": intent})
    context = {"whole": whole, "name": "presets", "title": TITLES["presets"]}
    return render(request, "admin/seo/_tool_fields.html", context | {"rows": whole.rows["presets"]})
