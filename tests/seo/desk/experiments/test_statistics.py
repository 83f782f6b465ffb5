import math
import random

import pytest

from seo.desk.experiments.statistics import Pair, Rate, read


def pairs(random, effect, count=12, shown=4000):
    """Pages of all kinds, a season that moves all alike, and an effect on the changed ones."""
    found = []
    for _ in range(count):
        base = [random.uniform(0.02, 0.08) for _ in range(2)]
        season = random.uniform(0.8, 1.2)
        own = [random.gauss(0, 0.08) for _ in range(2)]
        after = [rate * season * math.exp(noise) for rate, noise in zip(base, own, strict=True)]
        after[0] *= 1 + effect
        rates = [
            Rate(sum(random.random() < rate for _ in range(shown)), shown)
            for rate in (base[0], after[0], base[1], after[1])
        ]
        found.append(Pair(*rates))
    return found


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    lots = random.Random(11)
    held = sum(
        reading.low <= 0.1 <= reading.high
        for reading in (read(pairs(lots, 0.1, count=6, shown=600)) for _ in range(60))
    )
    assert held >= 53


def test_a_large_effect_is_seen_and_none_is_not():
    lots = random.Random(5)
    better = read(pairs(lots, 0.5))
    assert better.verdict == "better"
    assert better.effect == pytest.approx(0.5, abs=0.2)
    assert read(pairs(lots, -0.5)).verdict == "worse"
    assert read(pairs(lots, 0.0)).verdict == "unclear"


def test_a_season_that_moves_both_alike_is_no_effect():
    same = Pair(Rate(50, 1000), Rate(100, 1000), Rate(50, 1000), Rate(100, 1000))
    assert read([same, same]).effect == pytest.approx(0)


def test_one_pair_says_nothing():
    assert read([Pair(Rate(1, 10), Rate(2, 10), Rate(1, 10), Rate(1, 10))]) is None
