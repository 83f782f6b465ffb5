import importlib.util
import sys
from dataclasses import replace

import pytest

from tests.tools.pipeline.matting.conftest import lawn, mug  # noqa: F401  they are fixtures
from tools.pipeline.engines import controlnet, inpainting, list_engines, readiness
from tools.pipeline.filling.canvas import Canvas
from tools.pipeline.weights import places

SMALL = Canvas(area=64 * 64, step=16)
PAINTERS = {
    "sdxl": inpainting.SDXL,
    "sdxl-lightning": inpainting.LIGHTNING,
    "sdxl-outline": controlnet.OUTLINED,
    "flux-fill": inpainting.FLUX_FILL,
}


@pytest.fixture(autouse=True)
def one_thread():
    """Tiny networks gain nothing from a second thread, which only waits for the first."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder of weights that is the test's own; nothing else on the machine is looked at."""
    for name in ("U2NET_HOME", "REMBG_HOME", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "models"
    monkeypatch.setattr(places.place, "folder", folder)
    monkeypatch.setattr(places.place, "licensed", frozenset({"all"}))
    loaded = [engine for engine in list_engines().values() if "loaded" in engine.__dict__]
    yield folder
    for engine in list_engines().values():
        if engine not in loaded:
            engine.__dict__.pop("loaded", None)


@pytest.fixture
def without(monkeypatch):
    """Make libraries look as if they were not installed."""

    def without(*names):
        def found(name):
            return name not in names and importlib.util.find_spec(name) is not None

        monkeypatch.setattr(readiness, "installed", found)

    return without


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """Tiny pipelines on disk, each made once."""
    from tests.tools.pipeline.engines import tiny_pipelines

    root = tmp_path_factory.mktemp("pipelines")

    def saved(name):
        if not (root / name).exists():
            # The one that reads lines is published in this precision only as we fetch it.
            precision = {"variant": "fp16"} if name == controlnet.CONTROL else {}
            tiny_pipelines.MAKERS[name](root).save_pretrained(root / name, **precision)
        return root / name

    return saved


@pytest.fixture
def painter(saved, models, monkeypatch):
    """A painter of the engine's own loading code, with a tiny model in the place of the real."""
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")
    models.mkdir(parents=True, exist_ok=True)

    def painter(name):
        model = PAINTERS[name]
        control = (controlnet.CONTROL,) if name == controlnet.NAME else ()
        for weights in (model.weights, *control):
            if not (models / weights).exists():
                (models / weights).symlink_to(saved(weights))
        given = dict(model.given)
        if name.startswith("flux"):
            given["max_sequence_length"] = 16
        # In the last steps nothing is led by lines any more.
        steps = 4 if control else 2
        tiny = replace(model, steps=steps, canvas=SMALL, variant=None, given=given)
        pipe = controlnet.Outlined if control else inpainting.Pipe
        return inpainting.Painter(tiny, pipe)

    return painter
