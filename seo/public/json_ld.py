"""JSON-LD: what a page says to machines, and nothing in it that the page does not show."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from seo.public.example_pairs import Pair

Node = dict[str, Any]
PROJECT = "Packshot"
# Inside a script element these could end it, or begin a comment.
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(nodes: Sequence[Node]) -> SafeString:
    """The graph of a page, safe to stand in a script element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": list(nodes)}, ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE))  # noqa: S308  whatever could end the element is escaped


def organization(origin: str, logo: str) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{origin}/#organization",
        "name": PROJECT,
        "url": f"{origin}/",
        "logo": logo,
    }


def website(origin: str, languages: Sequence[str]) -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{origin}/#website",
        "name": PROJECT,
        "url": f"{origin}/",
        "inLanguage": list(languages),
        "publisher": {"@id": f"{origin}/#organization"},
    }


def application(
    *,
    url: str,
    name: str,
    description: str,
    language: str,
    image: str,
    origin: str,
    rating: tuple[float, int] | None,
) -> Node:
    node: Node = {
        "@type": "WebApplication",
        "@id": f"{url}#tool",
        "name": name,
        "url": url,
        "description": description,
        "inLanguage": language,
        "image": image,
        "applicationCategory": "MultimediaApplication",
        "operatingSystem": "Any",
        "browserRequirements": "HTML5",
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "USD"},
        "publisher": {"@id": f"{origin}/#organization"},
    }
    if rating:
        average, count = rating
        node["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{average:.1f}",
            "ratingCount": count,
            "bestRating": "5",
            "worstRating": "1",
        }
    return node


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Node:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def picture(pair: Pair, origin: str, licence: str) -> Node:
    """The result of an example, with who made it and on what terms it may be used."""
    return {
        "@type": "ImageObject",
        "contentUrl": origin + pair.after["webp"],
        "width": pair.width,
        "height": pair.height,
        "caption": pair.alt,
        "creator": {"@type": "Organization", "name": PROJECT},
        "creditText": PROJECT,
        "copyrightNotice": PROJECT,
        "license": licence,
        "acquireLicensePage": licence,
    }
