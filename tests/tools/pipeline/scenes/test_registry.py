import subprocess
import sys

import pytest

from tools.pipeline.scenes.registry import FAMILIES, SCENES, UnknownSceneError, find_scene
from tools.pipeline.scenes.surfaces.materials import MATERIALS


def test_there_are_at_least_48_scenes_in_8_families():
    assert len(SCENES) >= 48
    assert len({scene.family for scene in SCENES}) >= 8
    assert {scene.family for scene in SCENES} == set(FAMILIES)


def test_every_slug_is_given_once():
    assert len({scene.slug for scene in SCENES}) == len(SCENES)


def test_every_material_exists():
    for facts in SCENES:
        surfaces = [facts.floor, facts.wall, *(solid.surface for solid in facts.solids)]
        assert all(surface.material in MATERIALS for surface in surfaces if surface), facts.slug


def test_listing_scenes_loads_no_numbers_library():
    code = (
        "import sys; from tools.pipeline.scenes.registry import SCENES;"
        "print(sorted({'numpy', 'cv2', 'scipy'} & set(sys.modules)), len(SCENES))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[] ")


def test_an_unknown_scene_is_the_visitors_error():
    with pytest.raises(UnknownSceneError) as raised:
        find_scene("atlantis")
    assert raised.value.visitors
