"""Quotes: what an attempt costs and takes, before it is begun and when it has ended."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from tools.pricing import charges, durations, lineage, paid_work, plans
from tools.pricing.charges import Payer
from tools.pricing.lineage import Recipe
from tools.pricing.paid_work import FreeAfter, Kept, Payers

# To write a result down and send it takes that long, however much of it is there already.
LEAST_SECONDS = 0.1
# Of several that are asked for at once: one before it pays.
ANOTHER = frozenset({"another of these"})


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
    # Who paid for what this is free of: see `paid_work`.
    free_after: FreeAfter = field(default_factory=dict)


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
    bill = paid_work.make_bill(
        ((at, step.node, owners.slugs.get(at, tool.slug)) for at, step in steps.items()),
        chosen,
        done={**owners.paid, **done},
        kinds=paid_work.built_in(kept),
    )
    worked = math.prod(ops.read_size(plan.at)) / 1e6
    width, height = plan.size
    return Quote(
        credits=charges.sum_prices(photo, bill.to_pay, chosen),
        free_after=bill.free_after,
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
    done, kinds, total = known(photo, kept), paid_work.built_in(kept), 0
    for given, wanted in wishes:
        plan = plans.plan_tool(tool, tool.validated(given), photo, before)
        chosen = plan.choose_engines(wanted)
        owners = owners_of(photo, before, chosen, kept)
        steps = plan_steps(plan.result, versions(chosen))
        bill = paid_work.make_bill(
            ((at, step.node, owners.slugs.get(at, tool.slug)) for at, step in steps.items()),
            chosen,
            done={**owners.paid, **done},
            kinds=kinds,
        )
        total += charges.sum_prices(photo, bill.to_pay, chosen)
        done.update(dict.fromkeys(steps, ANOTHER))
        built_in = [kind for kind, engine in chosen.items() if engine.name == EMBEDDED]
        kinds |= dict.fromkeys(built_in, ANOTHER)
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


def final_price(attempt: Attempt) -> tuple[int, FreeAfter]:
    """What a delivered attempt costs, at most what is held for it, and who paid for the rest.

    What another one was delivered and paid for since this was asked for, nobody pays for twice.
    """
    since = Attempt.objects.filter(photo=attempt.photo_id, finished__gte=attempt.created)
    if not attempt.price or not since.filter(status=Attempt.Status.DONE).exists():
        return attempt.price, attempt.free_after
    tool, photo = registry.get_tool(attempt.tool), attempt.photo
    found = quote_clean(tool, photo, attempt.params, attempt.engines, attempt.before)
    if found.credits >= attempt.price:
        return attempt.price, attempt.free_after
    return found.credits, found.free_after


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


@dataclass(frozen=True)
class Owners:
    """Of the steps of recipes, at either size: the tool of each, and who paid for it before:
    whoever has a result has its full size too.
    """

    slugs: dict[Address, str] = field(default_factory=dict)
    paid: dict[Address, Payers] = field(default_factory=dict)


def owners_of(
    photo: Photo, before: Sequence[Recipe], chosen: Mapping[str, Engine], kept: Sequence[Kept]
) -> Owners:
    found = Owners()
    for last in range(1, len(before) + 1):
        so_far = list(before[:last])
        paid = next(
            (one for one in kept if [*one.attempt.before, one.attempt.recipe()] == so_far), None
        )
        whole = lineage.begin_graph(photo, so_far)
        for node in (ops.make_proxy(whole), whole):
            for address, step in plan_steps(node, versions(chosen)).items():
                if address in found.slugs:
                    continue
                found.slugs[address] = so_far[-1]["tool"]
                if paid and step.node.kind and (by := payers_of(paid, step.node, chosen)):
                    found.paid[address] = by
    return found


def payers_of(one: Kept, step: Node, chosen: Mapping[str, Engine]) -> Payers:
    return one.payers(paid_work.name_work(step, chosen))


def known(photo: Photo, kept: Sequence[Kept]) -> dict[Address, Payers]:
    """The steps that earlier attempts at the photo have computed and stay paid for, and by whom."""
    found: dict[Address, Payers] = {}
    for one in kept[:20]:
        attempt = one.attempt
        plan = plans.plan_attempt(attempt, photo)
        try:
            chosen = plan.choose_engines(attempt.engines)
        except EngineUnavailableError:
            # What it has computed cannot be told from what it would compute today.
            continue
        for address, step in plan_steps(plan.result, versions(chosen)).items():
            itself = frozenset({str(attempt.pk)})
            if payers := payers_of(one, step.node, chosen) if step.node.kind else itself:
                found.setdefault(address, payers)
    return found


def versions(chosen: Mapping[str, Engine]) -> dict[str, str]:
    return {kind: engine.versioned for kind, engine in chosen.items()}
