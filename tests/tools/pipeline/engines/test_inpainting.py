import numpy as np
import pytest

from tools.pipeline.engines import list_engines
from tools.pipeline.engines.descriptor import Call
from tools.pipeline.engines.inpainting import LIGHTNING, SDXL, bucket
from tools.pipeline.errors import CancelledError, NoLoraError
from tools.pipeline.filling import steps

pytest.importorskip("diffusers", reason="the extra torch is not installed")
pytest.importorskip("peft", reason="the extra torch is not installed")

from tests.tools.pipeline.engines import tiny_pipelines

# Theirs, about their own next versions; nothing that we could mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

STROKE = {"keep": False, "size": 0.2, "points": [[0.5, 0.5], [0.55, 0.5]]}
MODELS = ("sdxl", "flux-fill")


def photo(seed, height=60, width=80):
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)


def erasure(seed, words="a marble table", **args):
    stroke = {**STROKE, "points": [[0.2 + 0.1 * seed, 0.5]]}
    given = {"strokes": [stroke], "quality": "best", "seed": seed, "words": words, **args}
    return Call((photo(seed, height=60 + 20 * (seed % 2)),), given)


@pytest.mark.parametrize("name", MODELS)
def test_only_what_was_painted_over_changes(painter, name):
    call = erasure(1)
    result = painter(name).erase(*call.inputs, **call.args)
    rest = steps.mask_untouched(call.inputs[0], strokes=call.args["strokes"]) > 0
    assert np.array_equal(result[rest], call.inputs[0][rest])
    assert not np.array_equal(result[~rest], call.inputs[0][~rest])


@pytest.mark.parametrize("name", MODELS)
def test_a_call_in_a_batch_gives_what_it_gives_alone(painter, name):
    loaded = painter(name)
    calls = [erasure(1, "a red sofa"), erasure(3, "wood with a plant"), erasure(2, "stone")]
    jobs = [job for call in calls for job in loaded.begun("erase", call)[0]]
    assert len({job.picture.shape for job in jobs}) == 2
    together = loaded.pipe.painted(jobs)
    for job, painted in zip(jobs, together, strict=True):
        assert np.abs(loaded.pipe.painted([job])[0] - painted).max() < 1e-5
    answers = loaded.batched("erase", calls)
    assert [answer.shape for answer in answers] == [call.inputs[0].shape for call in calls]
    alone = loaded.erase(*calls[1].inputs, **calls[1].args)
    assert np.abs(alone.astype(int) - answers[1]).max() <= 1


def test_words_and_seeds_count(painter):
    loaded = painter("sdxl")
    call = erasure(1)
    first, same, words, seed = (
        loaded.erase(*call.inputs, **{**call.args, **changed})
        for changed in ({}, {}, {"words": "sand"}, {"seed": 9})
    )
    assert np.array_equal(first, same)
    assert not np.array_equal(first, words)
    assert not np.array_equal(first, seed)


def test_the_photo_lies_untouched_on_the_larger_canvas(painter):
    picture = photo(4)
    asked = {"ratio": 1.0, "sides": {"left": 0.1}, "seed": 1}
    made = painter("sdxl").expand(picture, **asked)
    height, width = picture.shape[:2]
    assert made["image"].shape[0] == made["image"].shape[1]
    there = slice(made["y"], made["y"] + height), slice(made["x"], made["x"] + width)
    assert np.array_equal(made["image"][there], picture)


def test_a_cut_out_gets_clear_sides_and_keeps_its_alpha(painter):
    loaded = painter("sdxl")
    picture = np.dstack([photo(4), np.full((60, 80), 128, np.uint8)])
    made = loaded.expand(picture, ratio=1.0, sides={}, seed=1)
    assert made["image"].shape == (80, 80, 4)
    assert made["image"][0, 0, 3] == 0
    call = erasure(1)
    erased = loaded.erase(np.dstack([call.inputs[0], np.full((80, 80), 90, np.uint8)]), **call.args)
    assert (erased[..., 3] == 90).all()


def test_a_style_colours_its_own_run_and_no_other(painter, models):
    loaded = painter("sdxl")
    tiny_pipelines.lora(loaded.pipe.pipe, models / "loras", "brand")
    call = erasure(1)
    before = loaded.erase(*call.inputs, **call.args)
    styled = {**call.args, "lora": {"file": "brand", "weight": 1.0, "trigger": "brnd"}}
    assert not np.array_equal(loaded.erase(*call.inputs, **styled), before)
    assert np.array_equal(loaded.erase(*call.inputs, **call.args), before)
    with pytest.raises(CancelledError):
        loaded.erase(*call.inputs, **styled, progress=called_off)
    assert np.array_equal(loaded.erase(*call.inputs, **call.args), before)


def called_off(share):
    raise CancelledError


def test_a_style_that_is_not_here_or_not_a_style_is_refused(painter, models):
    loaded = painter("sdxl")
    (models / "loras").mkdir()
    (models / "loras" / "broken.safetensors").write_bytes(b"nothing")
    call = erasure(1)
    before = loaded.erase(*call.inputs, **call.args)
    for name in ("absent", "../secret", "broken"):
        with pytest.raises(NoLoraError):
            loaded.erase(*call.inputs, **call.args, lora={"file": name})
    assert np.array_equal(loaded.erase(*call.inputs, **call.args), before)


def test_calls_with_different_styles_share_no_batch():
    plain, brand = {"words": "a"}, {"words": "b", "lora": {"file": "brand", "weight": 0.5}}
    there = SDXL.canvas, "erase"
    assert bucket(*there, plain, (1, 2)) == bucket(*there, {"words": "c"}, (3, 4))
    assert bucket(*there, plain, (1, 2)) != bucket(*there, brand, (1, 2))


def test_canvases_of_one_shape_share_a_batch_and_others_do_not():
    square = {"sides": {}, "ratio": 1.0}
    there = SDXL.canvas, "expand"
    assert bucket(*there, square, (900, 1200)) == bucket(*there, square, (600, 805)) == "1024x1024"
    wide = {"sides": {"left": 1.0}, "ratio": None}
    assert bucket(*there, wide, (900, 1200)) != bucket(*there, square, (900, 1200))
    assert bucket(*there, square, (0, 0)) == ""


def test_it_tells_how_far_it_is_and_hears_that_nobody_waits(painter):
    loaded = painter("sdxl")
    call, told = erasure(1), []
    before = loaded.erase(*call.inputs, **call.args, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(CancelledError):
        loaded.erase(*call.inputs, **call.args, progress=called_off)
    assert np.array_equal(loaded.erase(*call.inputs, **call.args), before)


def test_what_saves_steps_stays_in_the_model_and_styles_do_not(painter, models):
    plain = painter("sdxl")
    tiny_pipelines.lora(plain.pipe.pipe, models / "sdxl-lightning", LIGHTNING.distilled[1][:-12])
    tiny_pipelines.lora(plain.pipe.pipe, models / "loras", "brand", seed=2)
    fast = painter("sdxl-lightning")
    call = erasure(1)
    before = fast.erase(*call.inputs, **call.args)
    assert not np.array_equal(before, plain.erase(*call.inputs, **call.args))
    fast.erase(*call.inputs, **call.args, lora={"file": "brand"})
    assert np.array_equal(fast.erase(*call.inputs, **call.args), before)


def test_what_they_make_is_said_to_be_generated():
    for name in ("sdxl", "sdxl-lightning", "flux-fill"):
        assert list_engines()["fill", name].generative


def test_a_model_for_research_only_is_not_offered_to_customers(painter, models, monkeypatch):
    from tools.pipeline.weights import places

    painter("flux-fill")
    engine = list_engines()["fill", "flux-fill"]
    assert engine.unavailable() is None
    monkeypatch.setattr(places.place, "licensed", frozenset())
    assert "PACKSHOT_LICENSED=flux-fill" in engine.unavailable()


def test_models_of_one_family_have_their_common_parts_on_the_device_once(painter, models):
    plain = painter("sdxl")
    tiny_pipelines.lora(plain.pipe.pipe, models / "sdxl-lightning", LIGHTNING.distilled[1][:-12])
    fast = painter("sdxl-lightning")
    for name in ("text_encoder", "text_encoder_2", "vae"):
        assert getattr(fast.pipe.pipe, name) is getattr(plain.pipe.pipe, name)
    assert fast.pipe.pipe.unet is not plain.pipe.pipe.unet
    call = erasure(1)
    before = fast.erase(*call.inputs, **call.args)
    plain.close()
    assert np.array_equal(fast.erase(*call.inputs, **call.args), before)
