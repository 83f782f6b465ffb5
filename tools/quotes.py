"""What an attempt will cost, take and give, said before the click."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from billing import prices
from billing.models import Account
from tools import chain, charges, marketplaces, pace, registry
from tools.chain import Recipe
from tools.models import Photo
from tools.pipeline import engines, lots, ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.graph import Address, Node, plan
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
    tool: registry.Tool,
    photo: Photo,
    params: Mapping[str, Any],
    wanted: Mapping[str, str],
    before: Sequence[Recipe] = (),
) -> Quote:
    """Raises InvalidParamsError or EngineUnavailableError as starting the attempt would."""
    return priced(tool, photo, tool.validated(params), wanted, before)


def priced(
    tool: registry.Tool,
    photo: Photo,
    params: Mapping[str, Any],
    wanted: Mapping[str, str],
    before: Sequence[Recipe],
) -> Quote:
    """The quote for clean parameters, on what the recipes before make of the photo."""
    whole = chain.begin(photo, before)
    chosen = chain.chosen(tool, params, wanted, whole)
    at = chain.worked_at(tool, params, whole)
    steps = plan(tool.build(at, params), versions(chosen))
    done = known(photo)
    owners = owners_of(photo, before, chosen)
    pending = [step.node for address, step in steps.items() if address not in done]
    to_pay = [
        (slug, step.node)
        for address, step in steps.items()
        if address not in done and (slug := owners.get(address, tool.slug))
    ]
    worked = math.prod(ops.size(at)) / 1e6
    width, height = tool.size(*ops.size(whole), params)
    return Quote(
        credits=charges.price(photo, to_pay, chosen),
        seconds=pace.expected(pending, chosen, megapixels=worked),
        width=width,
        height=height,
        lot=first_lot(photo, pending, chosen),
    )


def first_lot(photo: Photo, pending: Iterable[Node], chosen: Mapping[str, Engine]) -> str:
    """The lot of the first step for a device, if nothing but the photo goes into it."""
    if photo.state != Photo.State.READY:
        # Whoever reads it makes its pixels, and that is no work for a device.
        return ""
    on_device = (step for step in pending if step.op.kind and chosen[step.kind].on_device)
    first = next(on_device, None)
    if first is None or not all(ops.is_photo(before) for before in first.inputs):
        return ""
    return lots.lot(first, chosen[first.kind])


def owners_of(
    photo: Photo, before: Sequence[Recipe], chosen: Mapping[str, Engine]
) -> dict[Address, str]:
    """The tool that each step of the recipes belongs to, at either size; empty for one that is
    paid for: whoever has a result has its full size too.
    """
    if not before:
        return {}
    kept = [[*attempt.before, attempt.recipe()] for attempt in charges.kept(photo)]
    found: dict[Address, str] = {}
    for last in range(1, len(before) + 1):
        so_far = list(before[:last])
        slug = "" if so_far in kept else so_far[-1]["tool"]
        whole = chain.begin(photo, so_far)
        for node in (ops.proxy(whole), whole):
            for address in plan(node, versions(chosen)):
                found.setdefault(address, slug)
    return found


def known(photo: Photo) -> set[Address]:
    """The steps that earlier attempts at the photo have computed and that stay paid for."""
    found: set[Address] = set()
    for attempt in charges.kept(photo)[:20]:
        tool = registry.get(attempt.tool)
        whole = chain.begin(photo, attempt.before)
        try:
            chosen = chain.chosen(tool, attempt.params, attempt.engines, whole)
        except EngineUnavailableError:
            # What it has computed cannot be told from what it would compute today.
            continue
        at = chain.worked_at(tool, attempt.params, whole)
        found.update(plan(tool.build(at, attempt.params), versions(chosen)))
    return found


def versions(chosen: Mapping[str, Engine]) -> dict[str, str]:
    return {kind: engine.versioned for kind, engine in chosen.items()}


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
    first = {kind: engines.usual(kind) for kind in tool.kinds()} | dict(wanted or {})
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
                "seconds": engine.pace,
                "credits": prices.rate(tool.slug, engine.name).run,
                "licence": engine.licence,
                "chosen": engine.name == first[kind],
            }
            for kind in sorted(tool.kinds())
            for engine in engines.of_kind(kind)
        ],
    }
