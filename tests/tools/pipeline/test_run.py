import numpy as np
import pytest

from tools.pipeline import ops
from tools.pipeline.batch_keys import LONGEST, make_batch_key
from tools.pipeline.engines import list_engines
from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.graph import make_source
from tools.pipeline.run import ElsewhereError, Run, is_off_device
from tools.pipeline.store import StepStore

PHOTO = np.full((40, 60, 3), 90, np.uint8)


class Model:
    def subject(self, photo, *, strokes):
        return {"image": np.full(photo.shape[:2], 255, np.uint8), "confidence": 1.0}


def engine(**fields):
    described = {
        "name": "model",
        "title": "Model",
        "kind": "matte",
        "version": "1",
        "licence": "ours",
        "commercial": True,
        "load": Model,
        "needs": Needs(device="cuda"),
    }
    return Engine(**described | fields)


@pytest.fixture
def run(tmp_path):
    def run(model, **fields):
        store = StepStore(tmp_path, 10**8)
        return Run({"matte": model}, store, {"a": PHOTO}.__getitem__, **fields)

    return run


def alpha(**args):
    return ops.subject(make_source("a", 60, 40), strokes=[], **args)


def test_a_process_with_everything_computes_everything(run):
    assert run(engine()).value(alpha())["confidence"] == 1.0


def test_a_step_for_a_device_ends_the_run_with_its_inputs_ready(run):
    begun = run(engine(), here=is_off_device)
    with pytest.raises(ElsewhereError) as error:
        begun.value(ops.cut_out(make_source("a", 60, 40), alpha(), alpha()))
    pending = error.value.pending
    assert (pending.step.node.op.name, pending.engine.name) == ("subject", "model")
    assert (pending.before, pending.part) == (1 / 3, 1 / 3)
    assert np.array_equal(pending.call.inputs[0], PHOTO)
    assert [step.op.name for step, _ in begun.timings] == ["source"]


def test_what_the_device_has_computed_is_gone_on_from(run):
    first = run(engine(), here=is_off_device)
    pending = first.pending(alpha())
    first.store.put(pending.step.address, {"image": PHOTO[..., 0], "confidence": 0.5})
    second = run(engine(), here=is_off_device)
    assert second.pending(alpha()) is None
    assert second.value(alpha())["confidence"] == 0.5
    assert second.facts == {"subject": {"confidence": 0.5}}


def test_a_lot_is_of_one_op_engine_and_bucket():
    def bucket(op, args, size):
        return f"{size[0]}x{size[1]} {args.get('lora', '')}"

    model = engine(bucket=bucket)
    assert make_batch_key(alpha(), model) == f"matte model 1 subject {ops.subject.version} 40x60"
    names = {make_batch_key(alpha(lora=name), model) for name in ("", "shoes", "bags")}
    assert len(names) == 3
    long = {make_batch_key(alpha(lora=letter * 400), model) for letter in "ab"}
    assert {len(name) for name in long} == {LONGEST}
    assert len(long) == 2


def test_calls_that_differ_in_anything_share_no_batch_unless_the_engine_says_so():
    model = engine()
    assert make_batch_key(alpha(steps=4), model) == make_batch_key(alpha(steps=4), model)
    assert make_batch_key(alpha(steps=4), model) != make_batch_key(alpha(steps=8), model)


def test_an_engine_for_a_gpu_is_there_only_where_one_is(monkeypatch):
    monkeypatch.setenv("PACKSHOT_DEVICE", "none")
    assert engine().unavailable() == "this server has no GPU"
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")
    assert engine().unavailable() is None


def test_engines_of_another_module_are_offered_when_it_is_named(monkeypatch, tmp_path):
    source_code = "from tools.pipeline.engines.descriptor import Engine\nENGINES = (Engine(name='guest', title='Guest', kind='relight', version='1', licence='x', commercial=True, load=dict),)\n"
    (tmp_path / "guest_engine.py").write_text(source_code)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PACKSHOT_ENGINES", "guest_engine")
    list_engines.cache_clear()
    try:
        assert ("relight", "guest") in list_engines()
    finally:
        list_engines.cache_clear()
