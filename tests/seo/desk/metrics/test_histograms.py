import pytest

from seo.desk.metrics import histograms


def test_a_quantile_is_met_within_five_percent():
    values = [float(value) for value in range(1, 2001)]
    found = histograms.of(values)
    for part in (0.5, 0.75, 0.95):
        assert histograms.quantile(found, part) == pytest.approx(2000 * part, rel=0.06)


def test_days_put_together_are_one_time():
    days = [histograms.of([100.0] * 30), histograms.of([900.0] * 10)]
    both = histograms.merged(days)
    assert histograms.quantile(both, 0.5) == pytest.approx(100, rel=0.06)
    assert histograms.quantile(both, 0.8) == pytest.approx(900, rel=0.06)


def test_nothing_has_no_quantile_and_nought_is_nought():
    assert histograms.quantile({}, 0.5) is None
    assert histograms.quantile(histograms.of([0.0, 0.0]), 0.75) == 0
