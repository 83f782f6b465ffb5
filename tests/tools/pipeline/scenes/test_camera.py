import numpy as np
import pytest

from tools.pipeline.scenes import camera
from tools.pipeline.scenes.facts import Scene, Solid, Surface, View

PAPER = Surface("paper", ("#ffffff",))


def eye(view=None, **more):
    return camera.camera(Scene("s", "s", "f", PAPER, view=view or View(), **more), 400, 400)


def test_the_ground_line_is_the_product_s_depth():
    seen = eye()
    row = round(seen.view.ground * 400)
    assert camera.floor(seen, slice(row - 1, row)).depth[0] == pytest.approx(1, abs=0.01)


def test_floor_and_wall_meet_at_the_back_line():
    seen = eye()
    row = round(seen.view.back * 400)
    assert camera.floor(seen, slice(row, row + 1)).depth[0] == pytest.approx(seen.wall, rel=0.02)
    assert camera.wall(seen, slice(row, row + 1)).level[0] == pytest.approx(0, abs=0.01)


def test_a_sweep_bends_without_a_break():
    rows = camera.sheet(eye(View(sweep=0.9)), slice(0, 400))
    assert np.all(np.diff(rows.along) < 0), "down the picture the sheet comes nearer"
    assert np.abs(np.diff(rows.wall)).max() < 0.1
    assert rows.wall[0] > 0.9
    assert rows.wall[-1] == 0


def test_a_podium_lifts_the_product_off_the_floor():
    stage = Solid("cylinder", PAPER, 0.6, 0.1, stage=True)
    assert eye(solids=(stage,)).drop == pytest.approx(0.1 * eye().unit)
