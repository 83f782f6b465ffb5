import subprocess
import sys

import cv2
import numpy as np
import pytest

from tests.tools.pipeline.engines.onnx_files import finds_red
from tools.definition import registry
from tools.pipeline.engines import choose_engines, list_engines, list_engines_of_kind
from tools.pipeline.engines.saliency import NETS
from tools.pipeline.errors import EngineUnavailableError, NoSubjectError
from tools.pipeline.graph import make_source
from tools.pipeline.matting import steps
from tools.pipeline.matting.cutout import cut_out_subject

rembg = pytest.importorskip("rembg", reason="the extra onnx is not installed")
NAME = "u2net_custom"


@pytest.fixture
def red(models):
    """An engine whose network is there."""
    (models / NAME).mkdir(parents=True)
    (models / NAME / "red.onnx").write_bytes(finds_red())
    return list_engines()["matte", NAME]


def test_the_network_finds_its_subject(red, mug):
    found = red.loaded.subject(mug.photo, strokes=[])
    alpha = steps.refine_matte(mug.photo, found, softness=0, shift=0)
    assert np.abs(alpha.astype(int) - mug.alpha).mean() < 3
    assert found["confidence"] > 0.9


def test_blank_pictures_hold_no_subject(red, lawn):
    for picture in (np.full((300, 400, 3), 128, np.uint8), lawn):
        found = red.loaded.subject(picture, strokes=[])
        assert found["empty"]
        assert not found["alpha"].any()
        alpha = steps.refine_matte(picture, found, softness=0, shift=0)
        with pytest.raises(NoSubjectError):
            cut_out_subject(picture, alpha, picture)


def test_the_answer_is_not_stretched_over_the_picture(red, lawn):
    assert red.loaded.belief(lawn).max() < 0.2


def test_it_is_offered_only_with_its_file(models, without):
    assert NAME not in [engine.name for engine in list_engines_of_kind("matte")]
    (models / NAME).mkdir(parents=True)
    (models / NAME / "red.onnx").write_bytes(finds_red())
    assert NAME in [engine.name for engine in list_engines_of_kind("matte")]
    without("rembg")
    assert [engine.name for engine in list_engines_of_kind("matte")] == ["embedded"]
    assert "packshot[onnx]" in list_engines()["matte", NAME].unavailable()


def test_a_damaged_file_makes_that_engine_unavailable_and_no_other(red, models):
    (models / NAME / "red.onnx").write_bytes(b"not a network")
    assert red.unavailable() is None
    with pytest.raises(EngineUnavailableError, match="could not be loaded"):
        _ = red.loaded
    assert "could not be loaded" in red.unavailable()
    with pytest.raises(EngineUnavailableError):
        choose_engines(["matte"], {"matte": NAME})
    assert choose_engines(["matte"], {})["matte"].name == "embedded"


def test_a_mended_file_makes_it_available_again(red, models):
    (models / NAME / "red.onnx").write_bytes(b"not a network")
    with pytest.raises(EngineUnavailableError):
        _ = red.loaded
    (models / NAME / "red.onnx").write_bytes(finds_red())
    assert red.unavailable() is None
    assert red.loaded


def test_a_missing_runtime_does_not_end_the_process(red, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] in {"rembg", "onnxruntime"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EngineUnavailableError, match="rembg cannot be used"):
        _ = red.loaded


def test_no_session_is_non_commercial_or_uploads_pictures():
    from rembg.sessions import sessions

    for net in NETS:
        assert sessions[net.name].is_local()
        assert not sessions[net.name].requires_credentials()
    assert "bria-rmbg" not in {net.name for net in NETS}


def test_the_files_are_those_that_rembg_would_fetch():
    from inspect import getsource

    from rembg.sessions import sessions

    from tools.pipeline.weights.catalogue import WEIGHTS

    for net in NETS:
        for file in WEIGHTS[net.name].files:
            assert file.url in getsource(sessions[net.name])


def test_a_base_install_imports_and_offers_none_of_it(tmp_path):
    code = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] in HEAVY: raise ModuleNotFoundError(name)\n"
        "HEAVY = {'rembg', 'onnxruntime', 'torch', 'diffusers', 'transformers', 'spandrel'}\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name in HEAVY else found(name)\n"
        "from tools.pipeline.engines import list_engines, list_engines_of_kind\n"
        "kinds = {kind for kind, _ in list_engines()}\n"
        "print({engine.name for kind in kinds for engine in list_engines_of_kind(kind)})\n"
        "print(sorted((HEAVY | {'numpy', 'cv2', 'PIL', 'scipy'}) & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert run.stdout.splitlines() == ["{'embedded'}", "[]"], run.stderr


def test_hair_is_seen_again_in_pieces(red, mug):
    large = np.kron(mug.photo, np.ones((3, 3, 1), np.uint8))
    true = np.kron(mug.alpha, np.ones((3, 3), np.uint8))
    blurred = cv2.GaussianBlur(true, (0, 0), 20)
    made = red.loaded.detail(large, blurred, strokes=[])
    off = [np.abs(alpha.astype(int) - true).mean() for alpha in (blurred, made)]
    assert off[1] < off[0] / 2


def test_looking_at_hair_is_offered_where_a_network_is(red):
    tool = registry.get_tool("remove-background")
    assert "hair" in tool.form().fields
    params = tool.validated({"hair": "on"})
    node = tool.build(make_source("a" * 64, 4000, 3000), params)
    steps = {step.op.name for step in before(node)}
    assert {"refine", "detail"} <= steps
    plain = {
        step.op.name
        for step in before(tool.build(make_source("a" * 64, 4000, 3000), {**params, "hair": False}))
    }
    assert "detail" not in plain


def test_without_a_network_nobody_is_asked_about_hair(models):
    tool = registry.get_tool("remove-background")
    assert "hair" not in tool.form().fields
    assert "hair" not in tool.validated({"hair": "on"})


def before(node):
    return [node, *(step for one in node.inputs for step in before(one))]
