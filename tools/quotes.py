"""What an attempt will cost, take and give, said before the click."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string

from billing import prices
from billing.models import Account
from tools import charges, marketplaces, pace, pricing, registry
from tools.chain import Recipe
from tools.models import Photo
from tools.pipeline import engines
from tools.pipeline.scenes import registry as scenes


def quote(
    tool: registry.Tool,
    photo: Photo,
    params: Mapping[str, Any],
    wanted: Mapping[str, str],
    before: Sequence[Recipe] = (),
) -> pricing.Quote:
    """Raises InvalidParamsError or EngineUnavailableError as starting the attempt would."""
    return pricing.priced(tool, photo, tool.validated(params), wanted, before)


def said(quote: pricing.Quote, account: Account | None = None) -> dict[str, Any]:
    """The quote as the button says it."""
    context = {"quote": quote, **charges.said(account)}
    words = render_to_string("tools/_quote.txt", context)
    return {
        "credits": quote.credits,
        "seconds": round(quote.seconds, 1),
        "width": quote.width,
        "height": quote.height,
        "words": " ".join(words.split()),
    }


def families() -> list[dict[str, Any]]:
    """The scenes by family, as they are shown."""
    return [
        {"name": name, "scenes": [scene for scene in scenes.SCENES if scene.family == key]}
        for key, name in scenes.FAMILIES.items()
    ]


def settings_context(
    tool: registry.Tool,
    params: Mapping[str, Any] | None = None,
    wanted: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the template of a tool's settings needs: its form, and the engines to choose from."""
    kinds = sorted(tool.all_kinds())
    measured = pace.by_engine() if any(len(engines.of_kind(kind)) > 1 for kind in kinds) else {}
    first = {kind: engines.usual(kind) for kind in kinds} | dict(wanted or {})
    return {
        "tool": tool,
        "tools": registry.offered(),
        "marketplaces": marketplaces.MARKETPLACES,
        "families": families(),
        "form": tool.form(initial=dict(params or {})),
        "engines": [
            {
                "kind": kind,
                "name": engine.name,
                "title": engine.title,
                "seconds": measured.get(engine.versioned, engine.pace),
                "credits": prices.rate(tool.slug, engine.name).run,
                "licence": engine.licence,
                "chosen": engine.name == first[kind],
            }
            for kind in kinds
            for engine in engines.of_kind(kind)
        ],
    }
