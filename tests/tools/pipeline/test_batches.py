import pytest

from tools.pipeline.batches import Batch, Batches
from tools.pipeline.engines.descriptor import Call, Engine, Needs
from tools.pipeline.engines.residency import Residents
from tools.pipeline.errors import (
    CancelledError,
    DeviceFullError,
    DeviceLostError,
    NoSubjectError,
    StepFailedError,
)


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


class Model:
    """Doubles numbers; what it is told to fail at, it fails at."""

    def __init__(self, fits=99):
        self.fits = fits
        self.sizes = []

    def batched(self, op, calls, *, progress=None):
        self.sizes.append(len(calls))
        said = [call.args["say"] for call in calls]
        if len(calls) > self.fits:
            raise OutOfMemoryError("CUDA out of memory")
        if "poison" in said:
            raise ValueError("bad picture")
        if "lost" in said:
            raise RuntimeError("CUDA error: device-side assert triggered")
        progress(0.5)
        return [NoSubjectError() if word == "empty" else {"double": 2 * word} for word in said]


class Watched:
    def __init__(self):
        self.shares = []
        self.dropped = frozenset()

    def __call__(self, share):
        self.shares.append(share)
        if len(self.dropped) == 99:
            raise CancelledError


def engine(model, name="model", **fields):
    return Engine(
        name=name,
        title="Model",
        kind="matte",
        version="1",
        licence="ours",
        commercial=True,
        load=lambda: model,
        batch=8,
        **fields,
    )


def calls(*words):
    return [Call((), {"say": word}) for word in words]


def run(model, *words, batches=None, progress=None):
    batches = batches or Batches(Residents(10_000))
    batch = Batch("a lot", engine(model), "double", calls(*words))
    return batches.run(batch, progress or Watched())


def test_a_batch_is_one_call_of_the_engine():
    model = Model()
    assert run(model, 1, 2, 3) == [{"double": 2}, {"double": 4}, {"double": 6}]
    assert model.sizes == [3]


def test_a_poison_picture_fails_alone():
    model = Model()
    first, poisoned, last = run(model, 1, "poison", 3)
    assert (first, last) == ({"double": 2}, {"double": 6})
    assert isinstance(poisoned, StepFailedError)
    assert isinstance(poisoned.__cause__, ValueError)
    assert model.sizes == [3, 1, 1, 1]


def test_a_refusal_of_one_call_is_its_own():
    model = Model()
    found = run(model, 1, "empty")
    assert isinstance(found[1], NoSubjectError)
    assert model.sizes == [2]


def test_out_of_memory_halves_the_batch_and_is_remembered():
    model, batches = Model(fits=3), Batches(Residents(10_000))
    assert len(run(model, *range(8), batches=batches)) == 8
    assert model.sizes == [8, 4, 2, 2, 2, 2]
    assert batches.size("a lot", engine(model)) == 2
    assert batches.size("another", engine(model)) == 8
    assert run(model, 1, 2, batches=batches) == [{"double": 2}, {"double": 4}]


def test_one_call_that_does_not_fit_alone_gets_the_device_for_itself():
    kept = Residents(10_000)
    model, other = Model(fits=0), Model()
    kept.get(engine(other, "other"))
    (found,) = run(model, 1, batches=Batches(kept))
    assert isinstance(found, DeviceFullError)
    assert model.sizes == [1, 1]
    assert list(kept.residents) == [("matte", "model 1")]


def test_an_error_that_poisons_the_device_is_said_at_once():
    model = Model()
    with pytest.raises(DeviceLostError):
        run(model, 1, "lost")
    assert model.sizes == [2]


def test_the_progress_of_parts_is_that_of_the_whole():
    progress = Watched()
    run(Model(fits=1), 1, 2, progress=progress)
    assert progress.shares == [0.25, 0.75]


def test_a_batch_that_nobody_waits_for_ends():
    progress = Watched()
    progress.dropped = frozenset(range(99))
    with pytest.raises(CancelledError):
        run(Model(), 1, progress=progress)


class Plain:
    def double(self, *, say):
        return {"double": 2 * say}


def test_an_engine_without_batches_is_asked_call_by_call():
    assert run(Plain(), 1, 2) == [{"double": 2}, {"double": 4}]


class Closing(Model):
    closed = 0

    def close(self):
        self.closed += 1


def test_the_least_valuable_engine_makes_room():
    now = [0.0]
    kept = Residents(1000, clock=lambda: now[0])
    models = {name: Closing() for name in ("often", "once", "new")}
    described = {
        name: engine(model, name, needs=Needs(device="cuda", memory=400))
        for name, model in models.items()
    }

    def slowly(name):
        def load():
            now[0] += 5
            return models[name]

        return load

    for name, item in described.items():
        object.__setattr__(item, "load", slowly(name))
    for name in ("once", "often", "often", "often"):
        kept.get(described[name])
    kept.get(described["new"])
    assert {name for name, model in models.items() if model.closed} == {"once"}
    # What was much used long ago is worth less than what is used now.
    now[0] += 6 * 3600
    kept.get(described["new"])
    kept.get(described["once"])
    assert models["often"].closed == 1
    assert kept.taken() == 800


def test_an_engine_that_cannot_be_loaded_fails_its_calls_and_no_other():
    def load():
        raise OSError("no such file")

    broken = engine(None)
    object.__setattr__(broken, "load", load)
    batches = Batches(Residents(1000))
    (found,) = batches.run(Batch("a lot", broken, "double", calls(1)), Watched())
    assert isinstance(found, StepFailedError)
    assert run(Model(), 1, batches=batches) == [{"double": 2}]
