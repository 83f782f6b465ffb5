from functools import partial
from importlib import import_module

import numpy as np
import pytest

from tests.tools.pipeline.engines.torchvision_double import standing_in
from tools.pipeline.engines import list_engines, list_engines_of_kind
from tools.pipeline.engines.descriptor import Call
from tools.pipeline.engines.lama import CANVAS
from tools.pipeline.errors import CancelledError, EngineUnavailableError
from tools.pipeline.filling import steps

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
with standing_in():
    pytest.importorskip("spandrel", reason="the extra torch is not installed")
save_file = pytest.importorskip("safetensors.torch").save_file
STROKE = {"keep": False, "size": 0.2, "points": [[0.5, 0.5], [0.55, 0.5]]}


@pytest.fixture
def lama(models, monkeypatch):
    """The engine on a network with a few thousand random weights in the place of fifty million."""
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")
    arch = import_module("spandrel.architectures.LaMa.__arch.LaMa")
    small = partial(arch.FFCResNetGenerator, ngf=4, n_blocks=1)
    monkeypatch.setattr(arch, "FFCResNetGenerator", small)
    torch.manual_seed(1)
    (models / "lama").mkdir(parents=True)
    save_file(arch.LaMa(in_nc=4, out_nc=3).state_dict(), models / "lama" / "tiny.safetensors")
    return list_engines()["fill", "lama"]


def photo(height=60, width=90):
    return np.random.default_rng(3).integers(0, 255, (height, width, 3), dtype=np.uint8)


def args(**changed):
    return {"strokes": [STROKE], "quality": "best", "seed": 1, **changed}


def test_only_what_was_painted_over_changes(lama):
    picture = photo()
    result = lama.loaded.erase(picture, **args())
    rest = steps.mask_untouched(picture, strokes=[STROKE]) > 0
    assert np.array_equal(result[rest], picture[rest])
    assert not np.array_equal(result[~rest], picture[~rest])
    assert np.array_equal(lama.loaded.erase(picture, **args()), result)


def test_the_photo_lies_untouched_on_the_larger_canvas(lama):
    picture = photo()
    made = lama.loaded.expand(picture, ratio=1.0, sides={}, seed=1)
    there = slice(made["y"], made["y"] + 60), slice(made["x"], made["x"] + 90)
    assert made["image"].shape == (90, 90, 3)
    assert np.array_equal(made["image"][there], picture)


def test_several_photos_are_done_and_it_tells_how_far_it_is(lama):
    told = []
    calls = [Call((photo(60 + 8 * number),), args()) for number in range(3)]
    answers = lama.loaded.batched("erase", calls, progress=told.append)
    assert [answer.shape[0] for answer in answers] == [60, 68, 76]
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


def test_it_hears_that_nobody_waits(lama):
    def called_off(share):
        raise CancelledError

    with pytest.raises(CancelledError):
        lama.loaded.erase(photo(), **args(), progress=called_off)


def test_a_small_hole_is_filled_at_its_own_size():
    assert CANVAS.size(200, 304) == (200, 304)
    assert CANVAS.size(4000, 4000) == (1024, 1024)


def test_a_network_that_does_something_else_is_refused(lama, models):
    from spandrel.architectures.ESRGAN import ESRGAN

    weights = ESRGAN(num_filters=4, num_blocks=1, scale=2).state_dict()
    save_file(weights, models / "lama" / "tiny.safetensors")
    with pytest.raises(EngineUnavailableError, match="fills no holes"):
        lama.load()


def test_it_is_offered_with_its_file_and_a_device_only(lama, models, monkeypatch):
    assert "lama" in [engine.name for engine in list_engines_of_kind("fill")]
    assert lama.generative
    (models / "lama" / "tiny.safetensors").unlink()
    assert "there is no *.safetensors" in lama.unavailable()
    monkeypatch.setenv("PACKSHOT_DEVICE", "none")
    assert [engine.name for engine in list_engines_of_kind("fill")] == ["embedded"]
