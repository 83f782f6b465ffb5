import cv2
import numpy as np
import pytest

from tools.definition import registry
from tools.pipeline import fidelity_proofs, structure
from tools.pipeline.enhancing import clean


def labelled(words="OAT MILK"):
    """A carton with lettering on it, in soft light."""
    photo = np.full((480, 640, 3), 150, np.uint8)
    photo += np.linspace(0, 40, 640).astype(np.uint8)[None, :, None]
    cv2.rectangle(photo, (180, 60), (460, 430), (70, 110, 160), -1)
    cv2.circle(photo, (320, 330), 50, (210, 190, 90), -1)
    cv2.putText(photo, words, (205, 170), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (245, 245, 240), 4)
    return cv2.GaussianBlur(photo, (0, 0), 0.7)


@pytest.fixture(scope="module")
def photo():
    return labelled()


def test_the_same_picture_is_kept_whole(photo):
    found = fidelity_proofs.prove_enhanced(photo, photo)
    assert found["kept"]
    assert (found["identical"], found["ssim"], found["edge_shift"]) == (1, 1, 0)
    assert found["lines"] >= 1
    assert found["text"] == pytest.approx(1)
    assert not found["map"].any()


def test_other_light_and_colour_are_no_change_of_what_is_shown(photo):
    lit = 255 * (photo / 255) ** 0.7 * np.array([1.0, 0.97, 0.9])
    found = fidelity_proofs.prove_enhanced(photo, lit.astype(np.uint8))
    assert found["kept"]
    assert found["mean"] > 4
    assert found["identical"] < 0.1


def test_noise_that_was_taken_out_is_no_change_of_what_is_shown(photo):
    grain = np.random.default_rng(2).normal(0, 18, photo.shape)
    noisy = np.clip(photo + grain, 0, 255).astype(np.uint8)
    cleaned = clean.clean_photo(noisy, denoise=1, deblock=0, sharpen=0.5, light=0.5)["image"]
    assert fidelity_proofs.prove_enhanced(noisy, cleaned)["kept"]


def test_more_pixels_show_the_same(photo):
    larger = cv2.resize(photo, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    found = fidelity_proofs.prove_enhanced(photo, larger)
    assert found["kept"]
    assert found["scale"] == 2


def test_a_label_that_reads_otherwise_is_not_kept(photo):
    found = fidelity_proofs.prove_enhanced(photo, labelled("GOT SILK"))
    assert "text" in found["broken"]
    assert not found["kept"]
    assert found["map"][140:180, 200:440].max() == 255


def test_shapes_that_moved_are_not_kept(photo):
    assert (
        "edge_shift" in fidelity_proofs.prove_enhanced(photo, np.roll(photo, 6, axis=1))["broken"]
    )


def test_what_came_and_what_went_is_seen(photo):
    bare = photo.copy()
    bare[270:390, 260:380] = photo[270, 260]
    assert not fidelity_proofs.prove_enhanced(photo, bare)["kept"]
    assert not fidelity_proofs.prove_enhanced(bare, photo)["kept"]


def test_an_empty_result_is_not_kept(photo):
    found = structure.compare_structure(photo, np.full_like(photo, 128))
    assert structure.verdict(found)["kept"] is False


def test_transparency_does_not_matter(photo):
    clear = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
    assert fidelity_proofs.prove_enhanced(clear, clear)["kept"]


def test_every_tool_of_ours_proves_what_it_did():
    assert [tool.slug for tool in registry.load_tools().values() if tool.proof is None] == []
