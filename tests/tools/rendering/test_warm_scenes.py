import pytest

from tools.attempts import lifecycle
from tools.pipeline.scenes import registry
from tools.pipeline.scenes.surfaces.texture_cache import TextureCache
from tools.rendering import warm_scenes


@pytest.fixture
def marks(settings, tmp_path, monkeypatch):
    """The names of the scenes that are made ready, of two small ones that there are."""
    settings.STEPS_DIR = tmp_path
    monkeypatch.setattr(registry, "SCENES", registry.SCENES[:2])
    monkeypatch.setattr(warm_scenes, "WIDTH", 40)
    monkeypatch.setattr(warm_scenes, "HEIGHT", 30)
    monkeypatch.setattr(warm_scenes.texture_cache, "textures", TextureCache())
    names = [scene.slug for scene in registry.SCENES]
    return lambda: [name for name in names if list(tmp_path.glob(f"warm/{name}-*"))]


@pytest.mark.django_db
def test_while_nobody_waits_every_scene_is_made_ready(marks):
    warm_scenes.warm_surfaces()

    assert marks() == [scene.slug for scene in registry.SCENES]
    assert not warm_scenes.warm_next()


def test_visitors_come_first(marks, photo):
    lifecycle.start_attempt(photo, "remove-background", {})

    warm_scenes.warm_surfaces()

    assert marks() == []
