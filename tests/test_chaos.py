"""A short form of what `make chaos` does for minutes."""

from tests import chaos


def test_killed_processes_charge_nobody_for_nothing_and_lose_no_result(tmp_path):
    left = chaos.run(attempts=20, kills=3, seed=7, folder=tmp_path)
    assert left["attempts"] >= 20
    assert left["charged"] > 10
    assert {name: left[name] for name in chaos.WRONG} == dict.fromkeys(chaos.WRONG, 0)
