import pytest

from packshot import programs
from tools.pipeline import engines
from tools.pipeline.engines import device


class Engine:
    def __init__(self, *, on_device, missing=None):
        self.on_device = on_device
        self.missing = missing

    def unavailable(self):
        return self.missing


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setattr(device, "list_devices", lambda: ["cuda:0", "cuda:1"])

    def installed(*found):
        monkeypatch.setattr(engines, "list_engines", lambda: dict(enumerate(found)))
        return [program.name for program in programs.list_programs("127.0.0.1", 8000)]

    return installed


def test_each_device_that_an_engine_can_use_has_a_worker_of_its_own(installed):
    names = ["web", "worker", "timetable", "worker on cuda:0", "worker on cuda:1"]
    assert installed(Engine(on_device=True)) == names


def test_no_device_is_taken_that_no_engine_can_use(installed):
    found = installed(Engine(on_device=False), Engine(on_device=True, missing="no weights"))
    assert found == ["web", "worker", "timetable"]


def test_a_worker_on_a_device_is_told_which_and_hears_its_queues_only(monkeypatch):
    monkeypatch.setattr(programs, "devices", lambda: ["cuda:1"])
    program = programs.list_programs("127.0.0.1", 8000)[-1]
    assert program.environment == {device.VARIABLE: "cuda:1"}
    assert any(word.startswith("--queues=gpu.") for word in program.command)
