import importlib.util
import sys

import pytest

from tests.tools.pipeline.matting.conftest import lawn, mug  # noqa: F401  they are fixtures
from tools.pipeline.engines import engines, readiness
from tools.pipeline.weights import places


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
    loaded = [engine for engine in engines().values() if "loaded" in engine.__dict__]
    yield folder
    for engine in engines().values():
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
