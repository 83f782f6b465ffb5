from dataclasses import replace

import numpy as np
import pytest

from tests.tools.pipeline.test_registration import printed
from tools.pipeline import fidelity, registration
from tools.pipeline.engines import list_engines
from tools.pipeline.engines.editing import KLEIN, KONTEXT, QWEN, TRIES, Redrawer
from tools.pipeline.errors import CancelledError, NotObedientError
from tools.pipeline.filling.canvas import Canvas

pytest.importorskip("diffusers", reason="the extra torch is not installed")

from tests.tools.pipeline.engines import tiny_editors, tiny_pipelines

# Theirs, about their own next versions; nothing that we could mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

MODELS = {"flux-kontext": KONTEXT, "flux2-klein": KLEIN, "qwen-image-edit": QWEN}
# Of tiny models only.
GIVEN = {
    "flux-kontext": {"max_sequence_length": 16},
    "flux2-klein": {"max_sequence_length": 64, "text_encoder_out_layers": (1, 2, 3)},
    "qwen-image-edit": {},
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Tiny pipelines on disk, each made once."""
    root = tmp_path_factory.mktemp("editors")
    makers = {**tiny_pipelines.MAKERS, **tiny_editors.MAKERS}

    def saved(name):
        if not (root / name / "model_index.json").exists():
            tiny_editors.save(makers[name](root), root / name)
        return root / name

    return saved


@pytest.fixture
def redrawer(saved, models, monkeypatch):
    """The engine's own loading code with random weights: whatever it draws is another product."""
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")
    # It looks at pictures of a fixed size, which would take a tiny model minutes.
    plus = "diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus"
    monkeypatch.setattr(f"{plus}.CONDITION_IMAGE_SIZE", 56 * 56)
    monkeypatch.setattr(f"{plus}.VAE_IMAGE_SIZE", 64 * 64)
    models.mkdir(parents=True, exist_ok=True)

    def redrawer(name):
        (models / name).symlink_to(saved(name))
        model = MODELS[name]
        canvas, given = Canvas(64 * 64, model.canvas.step), {**model.given, **GIVEN[name]}
        return Redrawer(replace(model, steps=2, canvas=canvas, given=given))

    return redrawer


@pytest.fixture(scope="module")
def mug():
    return printed(160)


def edit(redrawer, mug, **args):
    return redrawer.edit(mug.photo, mug.alpha, words="on a beach", seed=4, **args)


@pytest.mark.parametrize("name", MODELS)
def test_words_and_seeds_count_and_nothing_else(redrawer, mug, name):
    loaded = redrawer(name)
    asked = [("a beach", 1), ("a beach", 1), ("a red sofa", 1), ("a beach", 2)]
    first, same, words, seed = (
        loaded.drawn(mug.photo, *each, None, lambda share: None) for each in asked
    )
    assert first.shape == mug.photo.shape
    assert np.array_equal(first, same)
    assert not np.array_equal(first, words)
    assert not np.array_equal(first, seed)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_that_draws_another_product_every_time_is_refused(redrawer, mug, name):
    told = []
    with pytest.raises(NotObedientError):
        edit(redrawer(name), mug, progress=told.append)
    assert len(told) == 2 * TRIES
    assert told == sorted(told)


def test_it_hears_that_nobody_waits(redrawer, mug):
    def called_off(share):
        raise CancelledError

    with pytest.raises(CancelledError):
        edit(redrawer("flux-kontext"), mug, progress=called_off)


def test_a_style_colours_its_own_picture_and_no_other(redrawer, mug, models):
    loaded = redrawer("flux-kontext")
    tiny_pipelines.lora(loaded.pipe.pipe, models / "loras", "brand")
    style = {"file": "brand", "weight": 1.0, "trigger": ""}

    def drawn(lora):
        return loaded.drawn(mug.photo, "a beach", 1, lora, lambda share: None)

    before = drawn(None)
    assert not np.array_equal(drawn(style), before)
    assert np.array_equal(drawn(None), before)


def shifted(mug, by):
    """As a model would that moves the product a little and sets it on a beach."""
    moved, alpha = (np.roll(each, by, axis=(0, 1)) for each in (mug.photo, mug.alpha))
    return np.where(alpha[..., None] > 0, moved, 200).astype(np.uint8)


def draws(redrawer, monkeypatch, *pictures):
    """Pictures in the place of a model's, one for each seed; the seeds that were asked for."""
    seeds = []

    def drawn(rgb, words, seed, lora, told):
        seeds.append(seed)
        return pictures[len(seeds) - 1]

    monkeypatch.setattr(redrawer, "drawn", drawn)
    return seeds


def test_the_first_seed_that_keeps_the_product_well_is_taken(redrawer, mug, monkeypatch):
    loaded = redrawer("flux-kontext")
    seeds = draws(loaded, monkeypatch, 255 - mug.photo, shifted(mug, (3, 5)))
    made = edit(loaded, mug)
    assert seeds == [4, 5]
    assert (made["tries"], made["seed"]) == (2, 5)
    assert made["redrawn"]["kept"]
    picture = registration.restore_product(mug.photo, mug.alpha, mug.photo, made)
    where = {"x": 0, "y": 0, "width": 160, "height": 160, "scale": 1}
    assert fidelity.compare_product(mug.photo, mug.alpha, picture, where)["identical"] == 1
    assert np.abs(picture[:20].astype(int) - 200).mean() < 5


def test_of_seeds_that_just_keep_it_the_best_is_taken(redrawer, mug, monkeypatch):
    loaded = redrawer("flux-kontext")
    rough = np.random.default_rng(1).normal(0, 14, mug.photo.shape)
    pictures = [
        np.clip(mug.photo + rough * much, 0, 255).astype(np.uint8) for much in (3, 2.2, 2.6)
    ]
    measured = [
        registration.measure_product_kept(mug.photo, mug.alpha, picture) for picture in pictures
    ]
    assert [each["kept"] for each in measured[1:]] == [True, True]
    assert all(each["worst"] > 0.5 for each in measured)
    draws(loaded, monkeypatch, *pictures)
    made = edit(loaded, mug)
    assert (made["tries"], made["seed"]) == (TRIES, 5)


def test_they_are_offered_with_their_weights_a_device_and_a_licence_only(
    redrawer, models, monkeypatch
):
    from tools.pipeline.weights import places

    redrawer("flux-kontext")
    engine = list_engines()["edit", "flux-kontext"]
    assert engine.unavailable() is None
    assert engine.generative
    monkeypatch.setattr(places.place, "licensed", frozenset())
    assert "PACKSHOT_LICENSED=flux-kontext" in engine.unavailable()
    assert "models fetch flux2-klein" in list_engines()["edit", "flux2-klein"].unavailable()
    monkeypatch.setenv("PACKSHOT_DEVICE", "none")
    assert engine.unavailable() == "this server has no GPU"
