from importlib import import_module

import numpy as np
import pytest

from tests.tools.pipeline.engines.torchvision_double import standing_in
from tools.pipeline.engines import list_engines, list_engines_of_kind
from tools.pipeline.enhancing import blended_tiles, settings, upscale
from tools.pipeline.errors import EngineUnavailableError

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
with standing_in():
    spandrel = pytest.importorskip("spandrel", reason="the extra torch is not installed")
save_file = pytest.importorskip("safetensors.torch").save_file
NAME = "own_enlarger"
COMPACT = "spandrel.architectures.Compact.__arch.SRVGG"


@pytest.fixture(autouse=True)
def on_the_processor(monkeypatch):
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")


@pytest.fixture
def tiny(models):
    """Puts a tiny network of random weights where an engine looks for it."""
    compact = import_module(COMPACT).SRVGGNetCompact
    from spandrel.architectures.ESRGAN import ESRGAN

    def tiny(name=NAME, scale=4, architecture="ESRGAN"):
        torch.manual_seed(3)
        if architecture == "ESRGAN":
            network = ESRGAN(num_filters=4, num_blocks=1, scale=scale)
        else:
            network = compact(num_feat=4, num_conv=2, upscale=scale)
        (models / name).mkdir(parents=True)
        save_file(network.state_dict(), models / name / "tiny.safetensors")
        kind = "denoise" if name == "own_cleaner" else "upscale"
        return list_engines()[kind, name]

    return tiny


def noise(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("architecture", ["ESRGAN", "Compact"])
@pytest.mark.parametrize("factor", [2, 4])
def test_a_photo_is_enlarged_by_any_architecture(tiny, architecture, factor):
    loaded = tiny(architecture=architecture).loaded
    large = loaded.upscale(noise(40, 56), factor=factor)
    assert large.shape == (40 * factor, 56 * factor, 3)


def test_tiles_give_what_the_whole_gives(tiny):
    loaded = tiny().loaded
    photo = noise(80, 100)
    whole = blended_tiles.run_blended_tiles(photo, loaded.tile, scale=4, side=4096)
    tiled = blended_tiles.run_blended_tiles(photo, loaded.tile, scale=4, side=64, overlap=32)
    assert np.abs(whole.astype(int) - tiled).mean() <= 0.001 * 255


def test_alpha_is_enlarged_too(tiny):
    photo = np.dstack([noise(40, 40), np.tile(np.uint8([0, 255]), (40, 20))])
    assert tiny().loaded.upscale(photo, factor=4).shape == (160, 160, 4)


def test_writing_stays_as_the_photo_has_it(tiny, written):
    loaded = tiny(architecture="Compact").loaded
    large = loaded.upscale(written.photo, factor=2).astype(int)
    classical = upscale.upscale_photo(written.photo, factor=2).astype(int)
    off = np.abs(large - classical).max(axis=2)
    letters = np.repeat(np.repeat(written.letters, 2, 0), 2, 1) > 0
    assert off[letters].mean() < 2 < off[: off.shape[0] // 4].mean()


def test_a_network_that_enlarges_nothing_cleans(tiny):
    cleaner = tiny("own_cleaner", scale=1).loaded
    photo = noise(32, 32)
    found = dict.fromkeys(settings.STEPS, 0.0)
    assert np.array_equal(cleaner.clean(photo, found, strengths=None), photo)
    wanted = {**found, "denoise": 1.0}
    assert not np.array_equal(cleaner.clean(photo, found, strengths=wanted), photo)


def test_a_network_of_the_wrong_kind_is_refused(tiny):
    with pytest.raises(EngineUnavailableError, match="enlarges 1 times"):
        tiny(scale=1).loaded.upscale(noise(8, 8), factor=2)


def test_files_that_could_run_code_are_not_looked_at(models):
    (models / NAME).mkdir(parents=True)
    torch.save({"weight": torch.zeros(1)}, models / NAME / "network.pth")
    assert "there is no *.safetensors" in list_engines()["upscale", NAME].unavailable()


def test_it_is_offered_with_its_file_and_a_device_only(tiny, monkeypatch):
    tiny()
    assert NAME in [engine.name for engine in list_engines_of_kind("upscale")]
    monkeypatch.setenv("PACKSHOT_DEVICE", "none")
    assert [engine.name for engine in list_engines_of_kind("upscale")] == ["embedded"]


def test_memory_is_given_back(tiny):
    loaded = tiny().loaded
    loaded.close()
    assert not hasattr(loaded, "model")
