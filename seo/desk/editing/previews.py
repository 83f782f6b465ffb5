"""Previews: a version as its visitors would see it, by a signed address, or while writing."""

import copy
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from seo.desk.editing import versions
from seo.models import Intent, KeywordPage, Version
from seo.public import page_context

# The first name of this module: links that were sent lead on.
SALT = "seo.desk.previews"
DAYS = 14
SKETCH = "desk.sketch"


def preview_address(version: Version) -> str:
    """Where whoever is given it sees the version for two weeks, without an account."""
    return reverse(
        "desk:version-preview", args=[signing.dumps(version.pk, salt=SALT, compress=True)]
    )


def preview_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        number = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        raise Http404 from None
    found = get_object_or_404(Version.objects.select_related("page__intent"), pk=number)
    return shown(request, found)


@xframe_options_sameorigin
def sketch_page(request: HttpRequest) -> HttpResponse:
    """What is in the writer's form at this moment, and in no row yet."""
    said = request.session.get(SKETCH)
    if said is None or not request.user.has_perm("seo.change_version"):
        raise Http404
    return shown(request, sketched(said))


def sketched(said: Mapping[str, Any]) -> Version:
    """A version that is not saved, of a page that may not be either."""
    intent = Intent(**said["intent"])
    page = KeywordPage(intent=intent, **said["page"])
    version = Version(pk=0, page=page, publish_at=timezone.now(), updated=timezone.now())
    for name, value in said["words"].items():
        setattr(version, name, value)
    # What is begun and not written yet has no place on a page.
    version.steps = [text for text in version.steps if text]
    version.limits = [text for text in version.limits if text]
    for name, wanted in versions.ROWS.items():
        rows = [row for row in getattr(version, name) if any(row.get(part) for part in wanted)]
        setattr(version, name, rows)
    return version


def shown(request: HttpRequest, version: Version) -> HttpResponse:
    asked = copy.copy(request)
    asked.path = asked.path_info = version.page.get_absolute_url()
    with translation.override(version.page.locale):
        answer = render(asked, "seo/landing_page.html", page_context.page_context(asked, version))
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    return answer
