from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from foundation.origin import site_origin
from seo import urls_by_locale
from seo.public import page_context

# Pages of our own that are there in every language; those of rows name their languages themselves.
EVERYWHERE = {"pricing", "tools:api-docs", "tools:migrate", "tools:verify"}


def canonical(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the one absolute address of a page, without its query; its language."""
    origin = site_origin(request)
    locale = get_language() or settings.LANGUAGE_CODE
    found: dict[str, Any] = {
        "canonical": origin + request.path,
        "origin": origin,
        "locale": urls_by_locale.language_tag(locale),
        "home_url": urls_by_locale.named_path(locale, "home"),
    }
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in EVERYWHERE:
        found["alternates"] = page_context.list_languages(
            origin, page_context.list_translations(name)
        )
    return found
