"""What an attempt will cost, take and give, said before the click."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from billing import prices
from billing.models import Account
from tools import charges, marketplaces, pace, registry
from tools.models import Photo
from tools.pipeline import engines, lots, ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.graph import Address, Node, Step, plan, source
from tools.pipeline.scenes import registry as scenes


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Credits, seconds by this server's medians, and the pixels of the full result.

    `lot` is what an attempt would begin with, where that is for a device.
    """

    credits: int
    seconds: float
    width: int
    height: int
    lot: str = ""


def quote(
    tool: registry.Tool, photo: Photo, params: Mapping[str, Any], wanted: Mapping[str, str]
) -> Quote:
    """Raises InvalidParamsError or EngineUnavailableError as starting the attempt would."""
    clean = tool.validated(params)
    return priced(tool, photo, clean, engines.choose(tool.kinds(clean), wanted))


def priced(
    tool: registry.Tool, photo: Photo, params: Mapping[str, Any], chosen: Mapping[str, Engine]
) -> Quote:
    """The quote for clean parameters and chosen engines."""
    steps = steps_of(tool, photo, params, {kind: item.versioned for kind, item in chosen.items()})
    done = known(photo)
    pending = [step.node for address, step in steps.items() if address not in done]
    pixels = photo.width * photo.height
    worked = min(pixels, ops.PROXY_PIXELS) if tool.proxied(params) else pixels
    width, height = tool.size(photo.width, photo.height, params)
    return Quote(
        credits=charges.price(tool, photo, pending, chosen),
        seconds=pace.expected(pending, chosen, megapixels=worked / 1e6),
        width=width,
        height=height,
        lot=first_lot(photo, pending, chosen),
    )


def first_lot(photo: Photo, pending: Iterable[Node], chosen: Mapping[str, Engine]) -> str:
    """The lot of the first step for a device, if nothing but the photo goes into it."""
    if photo.state != Photo.State.READY:
        # Whoever reads it makes its pixels, and that is no work for a device.
        return ""
    on_device = (step for step in pending if step.op.kind and chosen[step.op.kind].on_device)
    first = next(on_device, None)
    if first is None or not all(ops.is_photo(before) for before in first.inputs):
        return ""
    return lots.lot(first, chosen[first.op.kind])


def known(photo: Photo) -> set[Address]:
    """The steps that earlier attempts at the photo have computed and that stay paid for."""
    found: set[Address] = set()
    for attempt in charges.kept(photo)[:20]:
        tool = registry.get(attempt.tool)
        try:
            chosen = engines.choose(tool.kinds(attempt.params), attempt.engines)
        except EngineUnavailableError:
            # What it has computed cannot be told from what it would compute today.
            continue
        versions = {kind: engine.versioned for kind, engine in chosen.items()}
        found.update(steps_of(tool, photo, attempt.params, versions))
    return found


def steps_of(
    tool: registry.Tool, photo: Photo, params: Mapping[str, Any], versions: Mapping[str, str]
) -> dict[Address, Step]:
    whole = source(photo.digest, photo.width, photo.height)
    return plan(tool.build(ops.proxy(whole) if tool.proxied(params) else whole, params), versions)


def said(quote: Quote, account: Account | None = None) -> dict[str, Any]:
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
    first = dict.fromkeys(tool.kinds(), engines.EMBEDDED) | dict(wanted or {})
    return {
        "tool": tool,
        "tools": list(registry.tools().values()),
        "marketplaces": marketplaces.MARKETPLACES,
        "families": families(),
        "form": tool.form(initial=dict(params or {})),
        "engines": [
            {
                "kind": kind,
                "name": engine.name,
                "title": engine.title,
                "seconds": engine.pace,
                "credits": prices.rate(tool.slug, engine.name).run,
                "licence": engine.licence,
                "chosen": engine.name == first[kind],
            }
            for kind in sorted(tool.kinds())
            for engine in engines.of_kind(kind)
        ],
    }
