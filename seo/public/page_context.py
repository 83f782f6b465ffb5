"""Template contexts of the public pages."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.forms import ChoiceField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.origin import site_origin
from seo import urls_by_locale
from seo.models import Hub, Version
from seo.public import example_pairs, json_ld, marketplace_rules, page_queries
from tools.definition import registry
from tools.pipeline.scenes import registry as scenes
from tools.storage import samples
from tools.web.settings_panel import settings_context

Context = dict[str, Any]
Trail = Sequence[tuple[str, str]]
FIRST_OF_A_HUB = 12


def page_context(request: HttpRequest, version: Version) -> Context:
    """A keyword page: its words, its tool as it presets it, and the pages beside it."""
    origin = site_origin(request)
    named = registry.get_tool(version.page.intent.tool)
    # Where its engine is missing for now, visitors are not left without anything to do.
    tool = named if named.is_offered else registry.list_offered()[0]
    own = {"preset": version.preset, "engines": version.engines} if tool is named else {}
    preset = wished(request, tool, own.get("preset", {}))
    pairs = example_pairs.find_pairs(version.examples)
    good = [pair for pair in pairs if not pair.limit]
    rating = page_queries.rating(tool.slug)
    trail = [
        *((hub_name(name), path) for name, path in above(version.page.intent.hub)),
        (version.link_name, request.path),
    ]
    alternates = page_queries.alternates(version.page)
    card = reverse("seo:social-card", args=[version.pk])
    nodes = [
        json_ld.application(
            url=origin + request.path,
            name=version.h1,
            description=version.description,
            language=urls_by_locale.language_tag(version.page.locale),
            image=origin + card,
            origin=origin,
            rating=rating,
        ),
        json_ld.breadcrumbs([(name, origin + path) for name, path in trail]),
        *(json_ld.picture(pair, origin, origin + reverse("seo:sample-pictures")) for pair in good),
        json_ld.organization(origin, origin + static("packshot/icon-512.png")),
    ]
    return {
        **tooling(tool, preset, version.samples, own.get("engines", {})),
        "file": first_file(version),
        "resting": "" if tool is named else named.name,
        "page": version,
        "trail": trail,
        "alternates": list_languages(origin, alternates),
        "examples": good,
        "limit_examples": [pair for pair in pairs if pair.limit],
        "presets": [beginning(request.path, row, tool) for row in version.presets]
        if tool is named
        else [],
        "rules": marketplace_rules.of(version.page.intent.marketplace),
        "related": page_queries.beside(version),
        "rating": rating,
        "changed": page_queries.changed(version),
        "variant": page_queries.variant(version.page),
        "card": origin + card,
        "structured": json_ld.script(nodes),
    }


def plain(request: HttpRequest, words: Any, tool: registry.Tool) -> Context:
    """The page of a tool that nobody has written words for."""
    origin = site_origin(request)
    nodes = [
        json_ld.application(
            url=origin + request.path,
            name=words.h1,
            description=words.description,
            language=urls_by_locale.language_tag(get_language() or settings.LANGUAGE_CODE),
            image=origin + static("packshot/card.png"),
            origin=origin,
            rating=page_queries.rating(tool.slug),
        ),
        json_ld.organization(origin, origin + static("packshot/icon-512.png")),
    ]
    return {
        **tooling(tool, wished(request, tool, {}), [], {}),
        "page": words,
        "structured": json_ld.script(nodes),
    }


def tooling(
    tool: registry.Tool, preset: Mapping[str, Any], names: list[str], engines: Mapping[str, str]
) -> Context:
    return {
        "samples": samples.list_suited(names, cut="matte" in tool.kinds()),
        "limits": {
            "bytes": settings.PHOTO_MAX_BYTES,
            "megabytes": settings.PHOTO_MAX_BYTES // 2**20,
            "megapixels": settings.PHOTO_MAX_PIXELS // 2**20,
            "hours": settings.PHOTO_HOURS,
        },
        **settings_context(tool, preset, engines),
    }


def first_file(version: Version) -> Mapping[str, Any]:
    """What the download begins with: where the page is for a marketplace, the file is, too, unless
    the version says otherwise.
    """
    return {"market": version.page.intent.marketplace, **version.file}


def wished(
    request: HttpRequest, tool: registry.Tool, preset: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The page's preset, with what the query asks for where the tool's form takes it; nothing where
    this server cannot even do what the page presets, for want of an engine.
    """
    asked = {name: value for name, value in request.GET.items() if name in tool.form.base_fields}
    for given in ({**preset, **asked}, preset):
        with suppress(registry.InvalidParamsError):
            tool.validated(given)
            return given
    return {}


def beginning(path: str, row: Mapping[str, Any], tool: registry.Tool) -> dict[str, str]:
    """A preset as a link to the page that begins with it, and its scene's picture."""
    scene = scenes.BY_SLUG.get(row["settings"].get("scene", ""))
    return {
        "name": row.get("name") or (_(scene.name) if scene else spoken(row["settings"], tool)),
        "url": f"{path}?{urlencode(row['settings'])}#main",
        "picture": static(f"tools/scenes/{scene.slug}.webp") if scene else "",
    }


def spoken(given: Mapping[str, Any], tool: registry.Tool) -> str:
    """Settings in the words of the tool's form, such as "Shadow: soft"."""
    said = []
    for name, value in given.items():
        field = tool.form.base_fields.get(name)
        if isinstance(field, ChoiceField):
            chosen = dict(field.choices).get(value, value)  # type: ignore[arg-type]  # flat pairs
            said.append(f"{field.label}: {chosen}")
        elif field is not None:
            said.append(f"{field.label}: {value}")
    return ", ".join(said)


def list_languages(origin: str, found: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The same page in every language that it is there in, as the head and the foot name them."""
    there = dict(found)
    return [
        {"tag": urls_by_locale.language_tag(locale), "name": name, "url": origin + there[locale]}
        for locale, name in settings.LANGUAGES
        if locale in there
    ]


def hub_name(name: str) -> str:
    return {
        "": _("Tools"),
        Hub.TASK: _("All tasks"),
        Hub.MARKETPLACE: _("By marketplace"),
        Hub.CATEGORY: _("By product"),
    }[name]


def hub_lead(name: str) -> str:
    return {
        Hub.TASK: _("One page for each thing that can be done to a photo."),
        Hub.MARKETPLACE: _("Each page is set to what that marketplace asks for, with its source."),
        Hub.CATEGORY: _("Each page is set to what such products need."),
    }[Hub(name)]


def above(hub: str) -> list[tuple[str, str]]:
    """The hubs that a page lies on, from the top: name and path."""
    found = [("", reverse("seo:tools"))]
    return found if hub == Hub.TASK else [*found, (hub, reverse("seo:tool-group", args=[hub]))]


def gather_hubs(request: HttpRequest) -> Context:
    """The first pages of every hub, those of the tools themselves before them."""
    locale = get_language() or settings.LANGUAGE_CODE
    found = [(hub, page_queries.list_hub(locale, hub, 0, 3 * FIRST_OF_A_HUB)) for hub in Hub.values]
    own = [one for one in dict(found)[Hub.TASK] if one.page.intent.slug in registry.load_tools()]
    rest = [
        {
            "name": hub_name(hub),
            "url": reverse("seo:tool-group", args=[hub]),
            "versions": [one for one in there if one not in own][:FIRST_OF_A_HUB],
        }
        for hub, there in found
    ]
    written = {one.page.intent.slug for one in own}
    return {
        "doors": pictured(own),
        # Those that came with an engine, and nobody has written of yet.
        "unwritten": [tool for tool in registry.list_offered() if tool.slug not in written],
        "hubs": [hub for hub in rest if hub["versions"]],
        "alternates": list_languages(site_origin(request), list_translations("seo:tools")),
    }


def tools(request: HttpRequest) -> Context:
    trail = [(_("Tools"), site_origin(request) + request.path)]
    return {**gather_hubs(request), "structured": json_ld.script([json_ld.breadcrumbs(trail)])}


def home_context(request: HttpRequest) -> Context:
    """The first page: what a tool does to a photo, and the way to all of them."""
    origin = site_origin(request)
    found = gather_hubs(request)
    tags = [urls_by_locale.language_tag(code) for code, _name in settings.LANGUAGES]
    nodes = [
        json_ld.website(origin, tags),
        json_ld.organization(origin, origin + static("packshot/icon-512.png")),
    ]
    pairs = [pair for version, pair in found["doors"] if pair]
    scene = [pair for pair in pairs if pair.tool == "add-background"]
    return {
        **found,
        "shown": next(iter(scene or pairs), None),
        "alternates": list_languages(origin, list_translations("home")),
        "structured": json_ld.script(nodes),
    }


def list_translations(name: str) -> list[tuple[str, str]]:
    """A page of our own in every language of the site."""
    return [(code, urls_by_locale.named_path(code, name)) for code, _name in settings.LANGUAGES]


def pieces(request: HttpRequest, name: str, number: int, more: bool) -> Context:  # noqa: FBT001  a fact of the piece
    """The addresses around one piece of a hub."""
    origin = site_origin(request)
    trail = [(hub_name(one), path) for one, path in above(name)]
    if name == Hub.TASK:
        trail.append((hub_name(name), reverse("seo:tool-group", args=[name])))

    def piece(at: int) -> str:
        return reverse("seo:tool-group", args=[name] if at == 1 else [name, at])

    others = [
        (code, urls_by_locale.named_path(code, "seo:tool-group", name))
        for code in page_queries.hub_locales(name)
    ]
    return {
        "name": hub_name(name),
        "lead": hub_lead(name),
        "trail": trail,
        "alternates": list_languages(origin, others if number == 1 else []),
        "before": piece(number - 1) if number > 1 else "",
        "after": piece(number + 1) if more else "",
        "structured": json_ld.script(
            [json_ld.breadcrumbs([(label, origin + path) for label, path in trail])]
        ),
    }


def pictured(versions: Sequence[Version]) -> list[tuple[Version, example_pairs.Pair | None]]:
    """Each with its first example."""
    good = ([row for row in version.examples if not row.get("limit")] for version in versions)
    firsts = [rows[0] if rows else None for rows in good]
    found = {
        pair.name: pair for pair in example_pairs.find_pairs(first for first in firsts if first)
    }
    return [
        (version, found.get(first["name"]) if first else None)
        for version, first in zip(versions, firsts, strict=True)
    ]
