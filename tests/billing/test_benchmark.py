import pytest

from billing import benchmark
from billing.models import Hold


@pytest.mark.django_db(transaction=True)
def test_the_measurement_measures_and_leaves_nothing_behind():
    found = benchmark.measure_throughput(workers=2, seconds=0.5)
    assert found.moves > 0
    assert found.problems == 0
    assert not Hold.objects.exists()
