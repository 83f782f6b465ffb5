import pytest

from tools import attempts, warming
from tools.pipeline.scenes import registry
from tools.pipeline.scenes.surfaces.shelf import Shelf


@pytest.fixture
def marks(settings, tmp_path, monkeypatch):
    """The names of the scenes that are made ready, of two small ones that there are."""
    settings.STEPS_DIR = tmp_path
    monkeypatch.setattr(registry, "SCENES", registry.SCENES[:2])
    monkeypatch.setattr(warming, "WIDTH", 40)
    monkeypatch.setattr(warming, "HEIGHT", 30)
    monkeypatch.setattr(warming.shelf, "shelf", Shelf())
    names = [scene.slug for scene in registry.SCENES]
    return lambda: [name for name in names if list(tmp_path.glob(f"warm/{name}-*"))]


@pytest.mark.django_db
def test_while_nobody_waits_every_scene_is_made_ready(marks):
    warming.warm()

    assert marks() == [scene.slug for scene in registry.SCENES]
    assert not warming.warm_next()


def test_visitors_come_first(marks, photo):
    attempts.start(photo, "remove-background", {})

    warming.warm()

    assert marks() == []
