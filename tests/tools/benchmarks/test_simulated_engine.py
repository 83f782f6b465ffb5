import json

import pytest

from tools.benchmarks import simulated_engine


class Call:
    def __init__(self, seed):
        self.args = {"seed": seed}
        self.inputs = [f"picture {seed}"]


def test_a_batch_is_written_down_and_gives_back_what_came(tmp_path, monkeypatch):
    notes = tmp_path / "notes"
    slept, told = [], []
    monkeypatch.setenv(simulated_engine.NOTES, str(notes))
    monkeypatch.setattr(simulated_engine.time, "sleep", slept.append)
    engine = simulated_engine.Simulated()
    calls = [Call(1), Call(2)]
    assert engine.batched("fill", calls, progress=told.append) == ["picture 1", "picture 2"]
    assert engine.batched("fill", calls[:1]) == ["picture 1"]
    assert [json.loads(line)["seeds"] for line in notes.read_text().splitlines()] == [[1, 2], [1]]
    assert slept == pytest.approx([0.16, 0.13])
    assert told == [1.0]


def test_all_that_waits_goes_together():
    assert simulated_engine.one_lot("fill", {"a": 1}, (1, 2)) == simulated_engine.one_lot(
        "erase", {}, (3, 4)
    )
