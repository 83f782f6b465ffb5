"""Histograms: many measured values as few numbers, so that days can be put together and still be asked for
their quartiles: how many values fell into each of a row of steps, each a tenth wider than the last.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

Histogram = dict[str, int]
STEP = 1.1
# Smaller values are all the same to us: 1 ms, or a thousandth of layout shift.
LEAST = 0.001


def of(values: Iterable[float]) -> Histogram:
    """Keys are texts, as JSON wants them."""
    return dict(Counter(str(step(value)) for value in values if value >= 0))


def step(value: float) -> int:
    return math.floor(math.log(max(value, LEAST) / LEAST, STEP))


def merged(several: Iterable[Mapping[str, int]]) -> Histogram:
    total: Counter[str] = Counter()
    for one in several:
        total.update(one)
    return dict(total)


def quantile(counts: Mapping[str, int], part: float) -> float | None:
    """The value below which that part of them lies, within 5 %; None of nothing."""
    total = sum(counts.values())
    seen = 0
    for key in sorted(counts, key=int):
        seen += counts[key]
        if seen >= part * total:
            at = int(key)
            return 0.0 if at == 0 else LEAST * STEP ** (at + 0.5)
    return None
