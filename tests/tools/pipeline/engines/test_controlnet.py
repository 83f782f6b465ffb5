import numpy as np
import pytest

from tools.pipeline.engines import list_engines
from tools.pipeline.engines.controlnet import CONTROL
from tools.pipeline.engines.descriptor import Call
from tools.pipeline.engines.inpainting import LIGHTNING, SDXL, bucket
from tools.pipeline.errors import CancelledError

pytest.importorskip("diffusers", reason="the extra torch is not installed")
pytest.importorskip("peft", reason="the extra torch is not installed")

from tests.tools.pipeline.engines import tiny_pipelines

# Theirs, about their own next versions; nothing that we could mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

MODELS = ("sdxl", "sdxl-outline", "flux-fill")


def stage(seed=0, height=60, width=80):
    """A product with something printed on it, on grey."""
    out = np.full((height, width, 4), 128, np.uint8)
    out[..., 3] = 0
    part = out[15:50, 20 + seed : 60 + seed]
    part[..., :3] = (200, 60, 40)
    part[10:20, 8:30, :3] = 250
    part[..., 3] = 255
    return out


def asked(seed, words="a marble table", **args):
    return Call((stage(seed),), {"words": words, "seed": seed, **args})


def surroundings(loaded, call):
    return loaded.surroundings(*call.inputs, **call.args)


@pytest.mark.parametrize("name", MODELS)
def test_a_call_in_a_batch_gives_what_it_gives_alone(painter, name):
    loaded = painter(name)
    calls = [asked(1), asked(2, "wood with a plant"), asked(3, "stone")]
    jobs = [job for call in calls for job in loaded.begun("surroundings", call)[0]]
    together = loaded.pipe.painted(jobs)
    for job, painted in zip(jobs, together, strict=True):
        assert np.abs(loaded.pipe.painted([job])[0] - painted).max() < 1e-5
    answers = loaded.batched("surroundings", calls)
    assert [answer.shape for answer in answers] == [(60, 80, 3)] * 3
    assert np.abs(surroundings(loaded, calls[1]).astype(int) - answers[1]).max() <= 1
    assert not np.array_equal(answers[1], answers[2])


def test_what_is_painted_follows_the_lines(painter):
    loaded = painter("sdxl-outline")
    ((job,), _) = loaded.begun("surroundings", asked(1))
    drawn = loaded.pipe.painted([job])[0]
    job.lines[:] = 0
    assert not np.allclose(loaded.pipe.painted([job])[0], drawn)
    plain = painter("sdxl").pipe.painted([job])[0]
    assert not np.allclose(plain, drawn)


def test_the_network_is_on_the_device_once_and_stays_for_the_other(painter):
    plain = painter("sdxl")
    before = surroundings(plain, asked(1))
    outlined = painter("sdxl-outline")
    for name in ("unet", "vae", "text_encoder", "text_encoder_2"):
        assert getattr(outlined.pipe.pipe, name) is getattr(plain.pipe.pipe, name)
    held = surroundings(outlined, asked(1))
    assert np.array_equal(surroundings(plain, asked(1)), before)
    plain.close()
    assert np.array_equal(surroundings(outlined, asked(1)), held)


def test_a_network_that_something_was_melted_into_is_nobody_elses(painter, models):
    outlined = painter("sdxl-outline")
    before = surroundings(outlined, asked(1))
    made = models / "sdxl-lightning"
    tiny_pipelines.lora(outlined.pipe.pipe, made, LIGHTNING.distilled[1][:-12])
    fast = painter("sdxl-lightning")
    assert fast.pipe.pipe.unet is not outlined.pipe.pipe.unet
    assert painter("sdxl").pipe.pipe.unet is outlined.pipe.pipe.unet
    assert np.array_equal(surroundings(outlined, asked(1)), before)


def called_off(share):
    raise CancelledError


def test_a_style_leaks_neither_into_the_next_run_nor_into_the_other_engine(painter, models):
    plain, outlined = painter("sdxl"), painter("sdxl-outline")
    tiny_pipelines.lora(plain.pipe.pipe, models / "loras", "brand")
    before = [surroundings(loaded, asked(1)) for loaded in (plain, outlined)]
    styled = asked(1, lora={"file": "brand", "weight": 1.0, "trigger": "brnd"})
    assert not np.array_equal(surroundings(outlined, styled), before[1])
    with pytest.raises(CancelledError):
        outlined.surroundings(*styled.inputs, **styled.args, progress=called_off)
    for loaded, picture in zip((plain, outlined), before, strict=True):
        assert np.array_equal(surroundings(loaded, asked(1)), picture)


def test_canvases_of_one_shape_share_a_batch_and_styles_do_not():
    there = SDXL.canvas, "surroundings"
    assert bucket(*there, {"words": "a"}, (900, 900)) == "1024x1024"
    assert bucket(*there, {"words": "a"}, (900, 900)) == bucket(*there, {"words": "b"}, (600, 605))
    assert bucket(*there, {}, (900, 900)) != bucket(*there, {}, (900, 1200))
    style = {"lora": {"file": "brand", "weight": 0.5}}
    assert bucket(*there, style, (900, 900)) == "1024x1024 brand 0.5"


def test_it_is_offered_with_both_weights_only(painter, models):
    painter("sdxl")
    engine = list_engines()["surround", "sdxl-outline"]
    assert f"models fetch {CONTROL}" in engine.unavailable()
    assert list_engines()["surround", "sdxl"].unavailable() is None
    painter("sdxl-outline")
    assert engine.unavailable() is None
    assert ("fill", "sdxl-outline") not in list_engines()
    assert engine.generative


def test_what_engines_have_in_common_takes_memory_once():
    from tools.pipeline.engines.residency import Residents

    kept = Residents(100_000)
    plain, held, fast = (
        list_engines()["surround", name].needs
        for name in ("sdxl", "sdxl-outline", "sdxl-lightning")
    )
    shared = sum(size for _, size in plain.common)
    assert kept.taken(plain, held) == plain.memory + held.memory - shared
    assert kept.taken(plain, fast) > kept.taken(plain, held) - held.memory + fast.memory - shared
