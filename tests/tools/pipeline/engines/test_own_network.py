import subprocess
import sys

import numpy as np
import pytest

from tests.tools.pipeline.matting.test_subject import overlap
from tools.pipeline.engines import embedded, list_engines, own_network
from tools.pipeline.matting import steps

trained = pytest.mark.skipif(
    not own_network.WEIGHTS.is_file(), reason="no trained network is in the repository yet"
)


@pytest.fixture(scope="module")
def own():
    return own_network.OwnNetwork()


@trained
def test_the_built_in_engine_looks_with_our_network():
    assert isinstance(list_engines()["matte", "embedded"].loaded, own_network.OwnNetwork)


@trained
def test_the_network_finds_a_mug(own, mug):
    found = own.subject(mug.photo, strokes=[])
    assert overlap(found["alpha"], mug.alpha) > 0.95
    assert not found["empty"]
    assert found["looks"] >= 1


@trained
def test_the_same_photo_gives_the_same_answer(own, mug):
    first, second = own.belief(mug.photo, 288), own_network.OwnNetwork().belief(mug.photo, 288)
    assert np.array_equal(first, second)


@trained
@pytest.mark.parametrize("side", [224, 288, 384])
def test_it_sees_squares_of_several_sizes(own, mug, side):
    said = own.belief(mug.photo, side)
    assert said.shape == (side, side)
    assert said.min() >= 0
    assert said.max() <= 1
    assert overlap((said * 255).astype(np.uint8), mug.alpha) > 0.85


@trained
def test_a_mirrored_look_is_turned_back(own, mug):
    turned = np.ascontiguousarray(mug.photo[:, ::-1])
    there, back = own.belief(turned, 288), own.belief(mug.photo, 288, mirrored=True)
    assert np.abs(there[:, ::-1] - back).mean() < 0.01
    assert np.abs(own.belief(mug.photo, 288) - back[:, ::-1]).mean() > 0.02


@trained
def test_bare_grass_holds_no_subject(own, lawn):
    assert own.subject(lawn, strokes=[])["empty"]


def test_without_its_runtime_the_classical_search_does_it_alone(without, mug):
    without("onnxruntime")
    assert not own_network.there()
    assert embedded.matte() is steps


@trained
def test_the_network_is_small_enough_to_be_in_the_repository():
    assert own_network.WEIGHTS.stat().st_size <= 4_000_000


def test_who_only_offers_engines_loads_no_runtime():
    code = (
        "import sys; from tools.pipeline.engines import list_engines; list_engines();"
        "print(sorted({'onnxruntime', 'numpy', 'cv2'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr
