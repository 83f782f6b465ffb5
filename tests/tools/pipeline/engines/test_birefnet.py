import json

import cv2
import numpy as np
import pytest

from tools.pipeline.engines import list_engines, readiness
from tools.pipeline.engines.birefnet import Segmenter, together
from tools.pipeline.engines.descriptor import Call
from tools.pipeline.errors import EngineUnavailableError

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
transformers = pytest.importorskip("transformers", reason="the extra torch is not installed")
NAME = "birefnet"
# As BiRefNet's repositories have it: the code lies beside the weights.
CODE = """
import torch
from transformers import PretrainedConfig, PreTrainedModel


class TinyConfig(PretrainedConfig):
    model_type = "tiny"


class Tiny(PreTrainedModel):
    config_class = TinyConfig

    def __init__(self, config):
        super().__init__(config)
        self.red = torch.nn.Conv2d(3, 1, 1)
        self.post_init()

    def forward(self, x):
        return [None, self.red(x)]
"""


@pytest.fixture
def red(models, monkeypatch, tmp_path):
    """A network that takes what is red for the subject."""
    from safetensors.torch import save_file

    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "hf"))
    monkeypatch.setattr(readiness, "installed", lambda _: True)
    folder = models / NAME
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(CODE)
    auto = {"AutoConfig": "tiny.TinyConfig", "AutoModelForImageSegmentation": "tiny.Tiny"}
    config = {"model_type": "tiny", "auto_map": auto, "architectures": ["Tiny"]}
    (folder / "config.json").write_text(json.dumps(config))
    weight = 20 * torch.tensor([0.229, -0.224, 0.0]).reshape(1, 3, 1, 1)
    bias = 20 * torch.tensor([0.485 - 0.456 - 0.25])
    save_file(
        {"red.weight": weight, "red.bias": bias},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    return list_engines()["matte", NAME]


def test_the_network_finds_its_subject(red, mug):
    found = red.loaded.subject(mug.photo, strokes=[])
    alpha = found["alpha"].astype(int)
    assert np.abs(alpha - mug.alpha).mean() < 4
    assert found["confidence"] > 0.9


def test_a_photo_in_a_batch_is_answered_as_alone(red, mug, lawn):
    photos = [mug.photo, lawn, mug.photo[::-1, ::-1], np.full((300, 200, 3), 128, np.uint8)]
    stroke = {"keep": False, "size": 0.05, "points": [[0.4, 0.4]]}
    calls = [
        Call((photo,), {"strokes": [stroke] * (number == 2)}) for number, photo in enumerate(photos)
    ]
    told = []
    together = red.loaded.batched("subject", calls, progress=told.append)
    for call, answer in zip(calls, together, strict=True):
        alone = red.loaded.subject(call.inputs[0], **call.args)
        assert np.array_equal(answer["alpha"], alone["alpha"])
        assert answer["confidence"] == pytest.approx(alone["confidence"], abs=1e-5)
    assert [answer["empty"] for answer in together] == [False, True, False, True]
    assert told


def test_photos_of_all_sizes_share_a_batch():
    assert together("subject", {"strokes": []}, (10, 20)) == together(
        "subject", {"strokes": [1]}, (30, 5)
    )


def test_weights_that_are_not_the_networks_make_it_unavailable(red, models):
    (models / NAME / "model.safetensors").write_bytes(b"{}")
    with pytest.raises(EngineUnavailableError, match="could not be loaded"):
        Segmenter(NAME, 64)
    assert "could not be loaded" in red.unavailable()


def test_what_its_code_imports_is_asked_for(models, without):
    without("kornia")
    assert "kornia" in readiness.lacking("models", ("torch", "kornia"), NAME)()


def test_a_device_that_is_full_does_not_make_weights_bad(red):
    def full(folder):
        raise RuntimeError("CUDA out of memory. Tried to allocate 8 GiB")

    with pytest.raises(RuntimeError, match="out of memory"):
        readiness.opened(NAME, full)
    assert red.unavailable() is None


def test_hair_is_seen_again_in_pieces_alone_as_in_company(red, mug, monkeypatch):
    segmenter = red.loaded
    monkeypatch.setattr(segmenter, "side", 64)
    blurred = cv2.GaussianBlur(mug.alpha, (0, 0), 12)
    told = []
    calls = [Call((mug.photo, blurred), {"strokes": []})] * 2
    first, second = segmenter.batched("detail", calls, progress=told.append)
    assert np.array_equal(first, second)
    assert np.array_equal(first, segmenter.detail(mug.photo, blurred, strokes=[]))
    off = [np.abs(alpha.astype(int) - mug.alpha).mean() for alpha in (blurred, first)]
    assert off[1] < off[0] / 2
    assert told == sorted(told)
    assert told[-1] == 1
