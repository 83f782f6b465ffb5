"""How much of a canvas its product fills: as a marketplace asks, and as what it stands on allows."""

from collections.abc import Mapping
from typing import Any

COMFORTABLE_FILL = 0.85
# What a scene leaves free around the product, where the marketplace has no wish of its own.
SCENE_MARGIN = 0.03
# Inside a rule rather than on its edge: what is measured is the soft edge too.
INSIDE = 0.02
# What stands on a podium is no wider than this share of it.
ON_STAGE = 0.78


def fill_bounds(market: Mapping[str, Any]) -> tuple[float, float]:
    """The least and the most that the product may fill of a sheet with something behind it."""
    least, most = market["fill"]
    margin = SCENE_MARGIN if market["margin"] is None else float(market["margin"])
    high = min(1 - 2 * margin, 1.0 if most is None else most - INSIDE)
    return (0.0 if least is None else min(least + INSIDE, high)), high


def wanted_fill(market: Mapping[str, Any]) -> float:
    """What the marketplace asks for, else what leaves its margin, else what looks right."""
    least, most = market["fill"]
    if market["margin"] is not None:
        share = 1 - 2 * float(market["margin"])
    else:
        share = COMFORTABLE_FILL if least is None else max(least + INSIDE, COMFORTABLE_FILL)
    share = share if least is None else max(share, least)
    return float(share if most is None else min(share, most - INSIDE))


def stage_share(stage: float, width: float, height: float) -> float:
    """How much of a canvas's width the product may take on a podium of that width, which counts in
    shares of the smaller side.
    """
    return ON_STAGE * stage * min(width, height) / width


def find_nearness(market: Mapping[str, Any], stage: float | None) -> float:
    """How many times nearer a scene has to be seen at the most, so that a product that is no wider
    than its podium fills what the marketplace asks for; 1 where nothing is asked, nothing stands on
    anything, or a scene is not taken anyway.
    """
    least, _ = fill_bounds(market)
    if stage is None or market["white"]:
        return 1.0
    return max(1.0, least / stage_share(stage, *market["recommended"]))
