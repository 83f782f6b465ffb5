"""A small version of `tests/chaos_calls.py`: a kill in the middle of ten calls."""

import pytest

from tests import chaos_calls


@pytest.mark.parametrize("seed", [3])
def test_each_of_ten_calls_has_one_result_and_one_charge_after_a_kill(tmp_path, seed):
    given = chaos_calls.parse(
        ["--calls", "10", "--kills", "1", "--callers", "2", "--seed", str(seed), "--embedded"]
    )
    left = chaos_calls.run(given, tmp_path)
    assert left == {
        "results": 10,
        "calls": 10,
        "charges": 10,
        "credits": 10,
        "still held": 0,
        "invariant rows": 0,
    }
