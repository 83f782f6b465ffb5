"""Settings panel: what the template of a tool's settings needs."""

from collections.abc import Mapping
from typing import Any

from billing import prices
from tools.definition import marketplaces, registry
from tools.pipeline import engines
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.scenes import registry as scenes
from tools.pricing import durations


def families() -> list[dict[str, Any]]:
    """The scenes by family, as they are shown."""
    return [
        {"name": name, "scenes": [scene for scene in scenes.SCENES if scene.family == key]}
        for key, name in scenes.FAMILIES.items()
    ]


def price_at_once(
    tool: registry.Tool, params: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """What the page's own tool costs with the built-in engine, for a photo that is given to it: it
    starts by itself then. None where it waits for a hand, or where no built-in engine does it.
    """
    try:
        kinds = tool.kinds(tool.validated(params or {}))
    except registry.InvalidParamsError:
        kinds = tool.kinds()
    if tool.painted or any((kind, EMBEDDED) not in engines.list_engines() for kind in kinds):
        return None
    rate = prices.find_rate(tool.slug, "", EMBEDDED)
    times = len(kinds)
    rows = {"run": rate.run, "included": rate.included, "step": rate.step}
    return {**rows, "times": times, "credits": times * rate.run}


def settings_context(
    tool: registry.Tool,
    params: Mapping[str, Any] | None = None,
    wanted: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the template of a tool's settings needs: its form, and the engines to choose from."""
    kinds = sorted(tool.all_kinds())
    measured = (
        durations.seconds_by_engine()
        if any(len(engines.list_engines_of_kind(kind)) > 1 for kind in kinds)
        else {}
    )
    first = {kind: engines.pick_default_engine(kind) for kind in kinds} | dict(wanted or {})
    return {
        "tool": tool,
        "tools": registry.list_offered(),
        "marketplaces": marketplaces.MARKETPLACES,
        "at_once": price_at_once(tool, params),
        "families": families(),
        "form": tool.form(initial=dict(params or {})),
        "engines": [
            {
                "kind": kind,
                "name": engine.name,
                "title": engine.title,
                "seconds": measured.get(engine.versioned, engine.pace),
                "credits": prices.find_rate(tool.slug, kind, engine.name).run,
                "licence": engine.licence,
                "chosen": engine.name == first[kind],
            }
            for kind in kinds
            for engine in engines.list_engines_of_kind(kind)
        ],
    }
