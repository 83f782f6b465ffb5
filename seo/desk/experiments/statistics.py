"""Statistics of a comparison: click rates of pairs of pages, before and after; and the
rates of two halves of one page's visitors.

A pair is a page that was changed and one that was not. What a change did to a pair is how the
changed page's rate moved, over how the other one's moved meanwhile: seasons and the search
engine's own moods fall out. The pairs' effects are averaged on the logarithm's scale and the
interval is Student's, over pairs: pages differ more than clicks do.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

# Student's t for 95 % by degrees of freedom; beyond the table's end it is within 2 % of the last.
T_95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
BEYOND = 1.98
Z_95 = 1.96
FEWEST_PAIRS = 2


@dataclass(frozen=True)
class Rate:
    clicks: int
    impressions: int

    @property
    def value(self) -> float:
        return self.clicks / self.impressions if self.impressions else 0.0

    @property
    def log(self) -> float:
        """Half a click is added on both sides, so that no clicks at all is a rate, too."""
        return math.log((self.clicks + 0.5) / (self.impressions + 1))

    @property
    def within(self) -> tuple[float, float]:
        """Where the true rate lies, with 95 % confidence (Wilson 1927)."""
        n, z = self.impressions, Z_95
        if not n:
            return 0.0, 1.0
        middle = (self.value + z * z / (2 * n)) / (1 + z * z / n)
        spread = self.value * (1 - self.value) / n + z * z / (4 * n * n)
        wide = z / (1 + z * z / n) * math.sqrt(spread)
        return max(middle - wide, 0.0), min(middle + wide, 1.0)


@dataclass(frozen=True)
class Pair:
    changed_before: Rate
    changed_after: Rate
    control_before: Rate
    control_after: Rate

    @property
    def effect(self) -> float:
        moved = self.changed_after.log - self.changed_before.log
        return moved - (self.control_after.log - self.control_before.log)


@dataclass(frozen=True)
class Reading:
    """By how much the click rate changed, as a share (0.1 is a tenth more), with its interval."""

    effect: float
    low: float
    high: float
    # Of pages; none where the visitors of one page are compared.
    pairs: int = 0

    @property
    def verdict(self) -> str:
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "unclear"


def read(pairs: Sequence[Pair]) -> Reading | None:
    """None while there are too few pairs to say how surely."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    effects = [pair.effect for pair in pairs]
    mean = statistics.fmean(effects)
    wide = student(len(pairs) - 1) * statistics.stdev(effects) / math.sqrt(len(pairs))
    low, middle, high = (math.expm1(value) for value in (mean - wide, mean, mean + wide))
    return Reading(middle, low, high, len(pairs))


def between(usual: Rate, changed: Rate) -> Reading:
    """How one half of a page's visitors does beside the other (Katz et al. 1978: the logarithm of
    the ratio of two rates, half a visit added on both sides as above).
    """
    effect = changed.log - usual.log
    parts = [1 / (rate.clicks + 0.5) - 1 / (rate.impressions + 1) for rate in (usual, changed)]
    wide = Z_95 * math.sqrt(sum(parts))
    low, middle, high = (math.expm1(value) for value in (effect - wide, effect, effect + wide))
    return Reading(middle, low, high)


def student(freedom: int) -> float:
    return T_95[freedom - 1] if freedom <= len(T_95) else BEYOND
