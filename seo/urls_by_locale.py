"""URLs by locale: English at the root, every other language under its own prefix."""

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation


def page_path(locale: str, slug: str) -> str:
    return named_path(locale, "seo:keyword-page", slug)


def named_path(locale: str, name: str, *args: str) -> str:
    """The address of one of the site's own pages in a language."""
    with translation.override(locale):
        return reverse(name, args=args)


def is_taken_slug(slug: str) -> bool:
    """Whether an address of one part is the site's own, so that no page of a row would show."""
    if slug in dict(settings.LANGUAGES):
        return True
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return resolve(f"/{slug}/").view_name != "seo:keyword-page"
        except Resolver404:
            return True


def language_tag(locale: str) -> str:
    """The language as HTML and hreflang name it: zh-Hans, pt-BR."""
    language, dash, rest = locale.partition("-")
    length = 4  # a script's name has four letters, a country's two
    return language + dash + (rest.capitalize() if len(rest) == length else rest.upper())
