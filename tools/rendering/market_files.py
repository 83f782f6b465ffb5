"""A file for a marketplace: laid out from the attempt's own matte, and judged by its own bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from tools.definition import marketplaces, registry
from tools.models import Attempt, Export
from tools.pipeline import encoding, ops, preflight
from tools.pipeline.graph import Node
from tools.pipeline.store import Value
from tools.pricing import lineage
from tools.pricing.plans import AttemptPlan

# JPEG's qualities: the usual one; for marketplaces the best that fits; and more than that for a file
# that is too light.
USUAL, FITTING, HEAVIEST = 92, (97, 92, 85, 78, 70, 60, 50), 100


def lay_out(attempt: Attempt, plan: AttemptPlan, options: Mapping[str, Any]) -> Node:
    """The sheet of an attempt, as `compositing.export` describes it."""
    facts = marketplaces.BY_SLUG[options["market"]].facts()
    colour = options.get("colour") or encoding.WHITE
    if options.get("white"):
        return lay_on_white(attempt, plan, facts)
    if plan.tool.market and (sheet := plan.tool.market(plan.whole, plan.params, facts, colour)):
        return sheet
    return ops.frame_for_market(plan.full, traced(attempt), market=facts, colour=colour)


def lay_on_white(attempt: Attempt, plan: AttemptPlan, facts: registry.Facts) -> Node:
    """The product alone, whatever the attempt has put behind it."""
    picture, alpha = plan.whole, None
    if plan.tool.alpha:
        alpha = plan.tool.alpha(plan.whole, plan.params)
    if alpha is None:
        picture, alpha = plan.full, traced(attempt)
    foreground = ops.make_foreground(picture, alpha)
    return ops.to_market(foreground, alpha, market=facts, colour=encoding.WHITE)


def traced(attempt: Attempt) -> Node:
    return lineage.trace_product(attempt.photo, attempt.before, attempt.recipe())


def fit_bytes(options: Mapping[str, Any], make: Callable[[int], bytes]) -> bytes:
    """What `make` gives at the best quality of which the marketplace takes so many bytes; the least
    there is where it takes none.
    """
    market = marketplaces.BY_SLUG.get(options.get("market") or "")
    if market is None or options["format"] != "jpeg":
        return make(USUAL)
    for quality in FITTING:
        data = make(quality)
        if market.most_bytes is None or len(data) <= market.most_bytes:
            break
    if len(data) < (market.least_bytes or 0):
        data = make(HEAVIEST)
    return data


def judge_file(data: bytes, sheet: Value, export: Export) -> dict[str, Any]:
    """What the marketplace will say to these bytes, before it is asked."""
    if not isinstance(sheet, Mapping):
        return {}
    rows = preflight.check_market_rules(
        encoding.decode_file(data),
        market=marketplaces.BY_SLUG[export.options["market"]].facts(),
        encoded_bytes=len(data),
        file_type=encoding.name_format(data),
        mask=sheet["mask"],
        scale=float(sheet["scale"]),
    )
    outline = export.attempt.outline
    if outline is not None and not outline["sure"]:
        # Nothing is cut off of what was found; whether that is the product is another matter.
        rows.append(preflight.row("outline", None, None, ok=False, severity=preflight.WARN))
    return {"preflight": rows}
