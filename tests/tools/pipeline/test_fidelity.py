import cv2
import numpy as np
import pytest

from tools.pipeline import fidelity


@pytest.fixture
def photo() -> np.ndarray:
    """A print of coloured squares and lines: structure that can be moved and recoloured."""
    rng = np.random.default_rng(8)
    squares = np.kron(rng.integers(30, 226, (15, 20, 3), np.uint8), np.ones((16, 16, 1), np.uint8))
    return np.asarray(cv2.GaussianBlur(squares, (3, 3), 0.6))


@pytest.fixture
def alpha(photo) -> np.ndarray:
    mask = np.zeros(photo.shape[:2], np.uint8)
    cv2.ellipse(mask, (160, 120), (110, 80), 0, 0, 360, 255, -1)
    return np.asarray(cv2.GaussianBlur(mask, (9, 9), 2))


def at(x: float = 0, y: float = 0, scale: float = 1, size: tuple[int, int] = (320, 240)) -> dict:
    width, height = round(size[0] * scale), round(size[1] * scale)
    return {"x": x, "y": y, "scale": scale, "width": width, "height": height}


def composed(photo, alpha, canvas, x, y) -> np.ndarray:
    result = np.empty((*canvas, 3), np.uint8)
    result[:] = (240, 200, 160)
    height, width = alpha.shape
    weight = alpha[..., None].astype(float) / 255
    under = result[y : y + height, x : x + width]
    under[:] = np.rint(photo * weight + under * (1 - weight))
    return result


def test_a_composite_keeps_every_bit_of_the_product(photo, alpha):
    result = composed(photo, alpha, (400, 500), 90, 60)
    found = fidelity.compare_product(photo, alpha, result, at(90, 60))
    assert found["core"] == (alpha == 255).sum()
    assert (found["identical"], found["mean"], found["high"], found["ssim"]) == (1, 0, 0, 1)
    assert (found["edge_shift"], found["visible"]) == (0, 1)
    assert not found["map"].any()
    assert fidelity.verdict(found) == {"kept": True, "expected": "identical", "broken": []}


def test_a_cut_out_keeps_every_bit_of_the_product(photo, alpha):
    found = fidelity.compare_product(photo, alpha, np.dstack([photo, alpha]), at())
    assert found["identical"] == 1
    assert fidelity.verdict(found)["kept"]


def test_one_changed_bit_breaks_the_promise(photo, alpha):
    result = composed(photo, alpha, (240, 320), 0, 0)
    result[120, 160, 1] ^= 1
    found = fidelity.compare_product(photo, alpha, result, at())
    assert found["identical"] == 1 - 1 / found["core"]
    assert found["map"][120, 160] > 0
    assert np.count_nonzero(found["map"]) == 1
    said = fidelity.verdict(found)
    assert not said["kept"]
    assert "identical" in said["broken"]
    assert fidelity.verdict(found, "close")["kept"]


def test_what_happens_outside_the_product_is_no_matter(photo, alpha):
    result = composed(photo, alpha, (240, 320), 0, 0)
    result[alpha < 255] = np.random.default_rng(1).integers(0, 256, (int((alpha < 255).sum()), 3))
    assert fidelity.compare_product(photo, alpha, result, at())["identical"] == 1


def test_a_hole_in_the_product_cannot_hide(photo, alpha):
    photo[:] = 255
    holed = np.dstack([photo, alpha])
    holed[110:130, 150:170, 3] = 0
    found = fidelity.compare_product(photo, alpha, holed, at())
    assert found["identical"] == pytest.approx(1 - 400 / found["core"])
    assert found["map"][120, 160] == 255
    assert not fidelity.verdict(found, "close")["kept"]


def test_a_product_that_a_model_recoloured_is_broken(photo, alpha):
    warmer = np.clip(photo + np.array((40, 0, -40)), 0, 255).astype(np.uint8)
    found = fidelity.compare_product(photo, alpha, warmer, at())
    assert found["mean"] > 5
    assert "mean" in fidelity.verdict(found, "close")["broken"]


def test_a_product_that_a_model_moved_is_broken(photo, alpha):
    moved = np.roll(photo, 5, axis=1)
    found = fidelity.compare_product(photo, alpha, moved, at())
    assert found["edge_shift"] * 220 == pytest.approx(5, abs=1.5)
    assert {"edge_shift", "ssim"} <= set(fidelity.verdict(found, "close")["broken"])


def test_slight_noise_is_close_but_not_identical(photo, alpha):
    noise = np.random.default_rng(4).normal(0, 1.5, photo.shape)
    noisy = np.clip(np.rint(photo + noise), 0, 255).astype(np.uint8)
    found = fidelity.compare_product(photo, alpha, noisy, at())
    assert found["identical"] < 0.2
    assert fidelity.verdict(found, "close")["kept"]
    assert not fidelity.verdict(found)["kept"]


@pytest.mark.parametrize("scale", [0.5, 0.73, 1.6, 2.0])
def test_a_product_resampled_the_same_way_is_kept(photo, alpha, scale):
    placement = at(20, 10, scale)
    size = placement["width"], placement["height"]
    result = composed(
        fidelity.resampled(photo, size), fidelity.resampled(alpha, size), (600, 800), 20, 10
    )
    found = fidelity.compare_product(photo, alpha, result, placement)
    assert found["identical"] == 1
    assert fidelity.verdict(found)["kept"]


def test_another_resampler_can_be_named(photo, alpha):
    def nearest(values: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_NEAREST))

    result = nearest(photo, (640, 480))
    found = fidelity.compare_product(photo, alpha, result, at(scale=2), resample=nearest)
    assert found["identical"] == 1
    assert fidelity.compare_product(photo, alpha, result, at(scale=2))["identical"] < 1


def test_a_product_that_leaves_the_frame_is_measured_where_it_is_seen(photo, alpha):
    result = composed(photo, alpha, (240, 320), 0, 0)[:, 160:]
    found = fidelity.compare_product(photo, alpha, result, at(x=-160))
    assert found["identical"] == 1
    assert 0.45 < found["visible"] < 0.55
    assert fidelity.verdict(found)["kept"]


@pytest.mark.parametrize("x", [-400, 400])
def test_a_product_out_of_sight_proves_nothing(photo, alpha, x):
    found = fidelity.compare_product(photo, alpha, photo, at(x=x))
    assert (found["core"], found["visible"]) == (0, 0)
    assert fidelity.verdict(found) == {"kept": False, "expected": "identical", "broken": ["core"]}


def test_an_empty_alpha_proves_nothing(photo, alpha):
    found = fidelity.compare_product(photo, alpha * 0, photo, at())
    assert not fidelity.verdict(found)["kept"]


def test_transparent_parts_of_a_photo_are_no_product(photo, alpha):
    thin = np.dstack([photo, np.full(alpha.shape, 255, np.uint8)])
    thin[:, :160, 3] = 0
    found = fidelity.compare_product(thin, alpha, photo, at())
    assert found["core"] == ((alpha == 255) & (thin[..., 3] == 255)).sum()


def test_the_map_of_a_large_result_stays_small_and_shows_the_worst(photo, alpha):
    size = (2400, 1800)
    large, mask = fidelity.resampled(photo, size), fidelity.resampled(alpha, size)
    result = large.copy()
    result[901, 1203] ^= 128
    found = fidelity.compare_product(
        large, mask, np.pad(result, ((5, 0), (7, 0), (0, 0))), at(7, 5, size=size)
    )
    assert found["map"].size <= fidelity.MAP_PIXELS
    cell = round(2407 / found["map"].shape[1])
    assert np.argwhere(found["map"]).tolist() == [[906 // cell, 1210 // cell]]
