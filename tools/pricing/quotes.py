"""Quotes: what an attempt costs and takes, before it is begun and when it has ended."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tools.definition import registry
from tools.models import Attempt, Photo
from tools.pipeline import batch_keys, ops
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.graph import Address, Node, plan_steps
from tools.pricing import charges, durations, lineage, plans
from tools.pricing.charges import Payer
from tools.pricing.lineage import Recipe

# To write a result down and send it takes that long, however much of it is there already.
LEAST_SECONDS = 0.1


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


def quote_clean(
    tool: registry.Tool,
    photo: Photo,
    params: Mapping[str, Any],
    wanted: Mapping[str, str],
    before: Sequence[Recipe],
) -> Quote:
    """The quote for clean parameters, on what the recipes before make of the photo."""
    plan = plans.plan_tool(tool, params, photo, before)
    chosen = plan.choose_engines(wanted)
    steps = plan_steps(plan.result, versions(chosen))
    kept = charges.list_paid_attempts(photo)
    done = known(photo, kept)
    owners = owners_of(photo, before, chosen, kept)
    pending = [step.node for address, step in steps.items() if address not in done]
    to_pay = [
        (slug, step.node)
        for address, step in steps.items()
        if address not in done and (slug := owners.get(address, tool.slug))
    ]
    worked = math.prod(ops.read_size(plan.at)) / 1e6
    width, height = plan.size
    return Quote(
        credits=charges.sum_prices(photo, to_pay, chosen, kept),
        seconds=max(LEAST_SECONDS, durations.expected_seconds(pending, chosen, megapixels=worked)),
        width=width,
        height=height,
        lot=first_lot(photo, pending, chosen),
    )


def quote_attempt(
    tool: registry.Tool,
    photo: Photo,
    params: Mapping[str, Any],
    wanted: Mapping[str, str],
    before: Sequence[Recipe] = (),
) -> Quote:
    """Raises InvalidParamsError or EngineUnavailableError as starting the attempt would."""
    return quote_clean(tool, photo, tool.validated(params), wanted, before)


def sum_credits(
    tool: registry.Tool,
    photo: Photo,
    wishes: Iterable[tuple[Mapping[str, Any], Mapping[str, str]]],
    before: Sequence[Recipe] = (),
) -> int:
    """What attempts at these settings, each by these engines, cost together: what one of them has
    computed no other pays for again, as it is when they are delivered. Raises as `quote_attempt`.
    """
    kept = charges.list_paid_attempts(photo)
    done, paid = known(photo, kept), set[str]()
    total = 0
    for given, wanted in wishes:
        plan = plans.plan_tool(tool, tool.validated(given), photo, before)
        chosen = plan.choose_engines(wanted)
        owners = owners_of(photo, before, chosen, kept)
        steps = plan_steps(plan.result, versions(chosen))
        to_pay = [
            (slug, step.node)
            for address, step in steps.items()
            if address not in done and (slug := owners.get(address, tool.slug))
        ]
        total += charges.sum_prices(photo, to_pay, chosen, kept, also=paid)
        done.update(steps)
        paid |= {kind for kind, engine in chosen.items() if engine.name == EMBEDDED}
    return total


def total_words(count: int, total: int) -> str:
    """What the button says that starts so many attempts at once."""
    if not total:
        return _("Generate all %(count)s · free") % {"count": count}
    words = ngettext(
        "Generate all %(count)s · %(credits)s credit",
        "Generate all %(count)s · %(credits)s credits",
        total,
    )
    return words % {"count": count, "credits": total}


def quote_words(quote: Quote, payer: Payer | None = None) -> dict[str, Any]:
    """The quote as the button says it."""
    context = {"quote": quote, **charges.balance_words(payer)}
    words = render_to_string("tools/_quote.txt", context)
    return {
        "credits": quote.credits,
        "seconds": round(quote.seconds, 1),
        "width": quote.width,
        "height": quote.height,
        "words": " ".join(words.split()),
    }


def final_price(attempt: Attempt) -> int:
    """What a delivered attempt costs, at most what is held for it.

    What another one was delivered and paid for since this was asked for, nobody pays for twice.
    """
    since = Attempt.objects.filter(photo=attempt.photo_id, finished__gte=attempt.created)
    if not attempt.price or not since.filter(status=Attempt.Status.DONE).exists():
        return attempt.price
    tool, photo = registry.get_tool(attempt.tool), attempt.photo
    found = quote_clean(tool, photo, attempt.params, attempt.engines, attempt.before)
    return min(found.credits, attempt.price)


def first_lot(photo: Photo, pending: Iterable[Node], chosen: Mapping[str, Engine]) -> str:
    """The lot of the first step for a device, if nothing but the photo goes into it."""
    if photo.state != Photo.State.READY:
        # Whoever reads it makes its pixels, and that is no work for a device.
        return ""
    on_device = (step for step in pending if step.op.kind and chosen[step.kind].on_device)
    first = next(on_device, None)
    if first is None or not all(ops.is_photo(before) for before in first.inputs):
        return ""
    return batch_keys.make_batch_key(first, chosen[first.kind])


def owners_of(
    photo: Photo, before: Sequence[Recipe], chosen: Mapping[str, Engine], kept: Sequence[Attempt]
) -> dict[Address, str]:
    """The tool that each step of the recipes belongs to, at either size; empty for one that is
    paid for: whoever has a result has its full size too.
    """
    if not before:
        return {}
    paid = [[*attempt.before, attempt.recipe()] for attempt in kept]
    found: dict[Address, str] = {}
    for last in range(1, len(before) + 1):
        so_far = list(before[:last])
        slug = "" if so_far in paid else so_far[-1]["tool"]
        whole = lineage.begin_graph(photo, so_far)
        for node in (ops.make_proxy(whole), whole):
            for address in plan_steps(node, versions(chosen)):
                found.setdefault(address, slug)
    return found


def known(photo: Photo, kept: Sequence[Attempt]) -> set[Address]:
    """The steps that earlier attempts at the photo, which stay paid for, have computed."""
    found: set[Address] = set()
    for attempt in kept[:20]:
        plan = plans.plan_attempt(attempt, photo)
        try:
            chosen = plan.choose_engines(attempt.engines)
        except EngineUnavailableError:
            # What it has computed cannot be told from what it would compute today.
            continue
        found.update(plan_steps(plan.result, versions(chosen)))
    return found


def versions(chosen: Mapping[str, Engine]) -> dict[str, str]:
    return {kind: engine.versioned for kind, engine in chosen.items()}
