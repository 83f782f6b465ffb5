"""What nobody sees changes nothing that anybody sees: for every op there is."""

from collections.abc import Mapping

import numpy as np
import pytest

from tools.definition import marketplaces, registry
from tools.pipeline import encoding, engines, fidelity_proofs, hidden, ops
from tools.pipeline.enhancing import upscale
from tools.pipeline.errors import PipelineError
from tools.pipeline.graph import Op, make_source
from tools.pipeline.matting import foreground
from tools.rendering import local

SIDE = 96
STROKES = '[{"keep": true, "size": 0.1, "points": [[0.5, 0.5], [0.6, 0.5]]}]'
PAINTED = '[{"keep": true, "size": 0.08, "points": [[0.45, 0.3], [0.55, 0.35]]}]'
# Each tool with settings that reach ops which it does not reach by itself.
WISHES = [
    ("remove-background", {}),
    ("remove-background", {"softness": "0.4", "shift": "0.2"}),
    ("enhance-photo", {}),
    ("enhance-photo", {"size": "2"}),
    ("erase-object", {"strokes": PAINTED}),
    ("expand-photo", {}),
    ("add-background", {}),
    ("add-background", {"background": "colour"}),
    ("remove-background", {"strokes": STROKES, "softness": "0.3"}),
]
# What draws on a GPU's engines alone, and what is given masks, sizes and placements, but no photo.
ON_DEVICES = {"behind", "edit", "put_back", "surroundings", "stage"}
OF_MASKS = {
    "gradient",
    "detail",
    "mask_placed",
    "on_smaller",
    "own_picture",
    "pad_mask",
    "resize_mask",
    "result",
}


def cut_out(under: tuple[int, int, int] | None = None, *, seed: int = 0) -> np.ndarray:
    """A red disc with a soft edge, and whatever is said (or noise) where nobody looks."""
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    alpha = np.clip((SIDE / 3 - np.hypot(x, y)) / 4 + 0.5, 0, 1)
    random = np.random.default_rng(7)
    rgb = np.clip(np.array((180, 60, 50)) + random.normal(0, 6, (SIDE, SIDE, 3)), 0, 255).astype(
        np.uint8
    )
    photo = np.dstack([rgb, np.rint(alpha * 255).astype(np.uint8)])
    clear = photo[..., 3] == 0
    noise = np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    photo[clear, :3] = noise[clear] if under is None else under
    return photo


VARIANTS = [cut_out((0, 0, 0)), cut_out((255, 0, 255)), cut_out((255, 255, 255)), cut_out()]


def seen(value):
    """All of a step's value that anybody can see."""
    if isinstance(value, Mapping):
        return {name: seen(part) for name, part in value.items()}
    if isinstance(value, np.ndarray) and value.ndim == 3 and value.shape[2] == 4:
        return np.where(value[..., 3:] > 0, value, 0)
    return value


def same(one, other) -> bool:
    if isinstance(one, Mapping):
        return set(one) == set(other) and all(same(one[name], other[name]) for name in one)
    return bool(np.array_equal(one, other))


def graph(node, found=None):
    found = {} if found is None else found
    for before in node.inputs:
        graph(before, found)
    found[id(node)] = node
    return found


def asked(tool, source, params):
    """What is made of a photo beside the result: proofs, the matte, sheets for marketplaces."""
    facts = next(iter(marketplaces.BY_SLUG.values())).facts()
    alpha = tool.alpha(source, params) if tool.alpha else None
    yield alpha
    yield tool.proof(source, params) if tool.proof else None
    yield tool.market(source, params, facts, "#ffffff") if tool.market else None
    if alpha:
        yield ops.take_second(source)
        yield ops.lay_on_canvas(source, alpha, ops.make_foreground(source, alpha), at=[0, 0])
        yield ops.fit_to_size(source, width=SIDE // 2, height=SIDE // 2)
        yield ops.take_part(source, [8, 8, SIDE - 8, SIDE - 8])
        yield ops.frame_for_market(source, alpha, market=facts, colour="#ffffff")
        yield ops.product(source, alpha)


def run_all(photo, folder) -> dict:
    """The value of every step of every wish, by wish and place."""
    values = {}
    for wish, (slug, given) in enumerate(WISHES):
        tool = registry.get_tool(slug)
        params = tool.validated(given)
        chosen = engines.choose_engines(tool.kinds(params), {})
        run = local.make_run(chosen, folder / str(wish))
        run.source = {"it": photo}.__getitem__
        source = make_source("it", SIDE, SIDE)
        made = tool.build(source, params)
        built = [made, ops._proxy(source, pixels=2_000), ops.untouched(source, strokes=[])]
        built += [part for part in asked(tool, source, params) if part]
        for place, node in enumerate(step for top in built for step in graph(top).values()):
            try:
                values[wish, place, node.op.name] = seen(run.value(node))
            except PipelineError as error:
                values[wish, place, node.op.name] = error.id
    return values


@pytest.fixture(scope="module")
def of_black(tmp_path_factory):
    return run_all(VARIANTS[0], tmp_path_factory.mktemp("black"))


@pytest.mark.parametrize("variant", [1])
def test_changing_colours_that_nobody_sees_changes_no_visible_pixel_of_any_op(
    of_black, tmp_path, variant
):
    found = run_all(VARIANTS[variant], tmp_path)
    assert found.keys() == of_black.keys()
    assert [key for key in found if not same(found[key], of_black[key])] == []
    known = {value.name for value in vars(ops).values() if isinstance(value, Op)}
    assert known - {name for _, _, name in found} - ON_DEVICES - OF_MASKS == set()
    assert not any(isinstance(value, str) for value in found.values())


@pytest.mark.parametrize("photo", VARIANTS)
def test_filling_changes_no_visible_pixel_and_depends_on_those_alone(photo):
    filled = hidden.fill_hidden(photo)
    assert np.array_equal(seen(filled), seen(photo))
    assert np.array_equal(filled, hidden.fill_hidden(VARIANTS[0]))
    assert np.array_equal(hidden.fill_hidden(filled), filled)
    # The nearest visible colour, and no other.
    assert np.abs(filled[0, 0, :3].astype(int) - (180, 60, 50)).max() < 30


def test_an_opaque_picture_is_itself_and_an_empty_one_is_nothing():
    opaque = cut_out()[..., :3]
    assert hidden.fill_hidden(opaque) is opaque
    empty = cut_out()
    empty[..., 3] = 0
    assert not hidden.fill_hidden(empty).any()


@pytest.mark.parametrize("factor", [2, 4])
@pytest.mark.parametrize("photo", VARIANTS)
def test_an_enlarged_cut_out_has_no_dark_teeth_on_its_edge(photo, factor):
    """On white, no pixel of the edge is darker than the disc, nor of another hue."""
    large = encoding.flatten_alpha(upscale.upscale_photo(photo, factor=factor), (255, 255, 255))
    assert large[..., 0].min() > 140
    assert (large[..., 0] >= large[..., 2].astype(int) - 4).all()


def test_a_cut_out_that_was_uploaded_is_not_cut_out_of_its_ground_again():
    photo = cut_out((0, 0, 0))
    colours = foreground.estimate_foreground(photo, photo[..., 3])
    visible = photo[..., 3] > 0
    assert np.array_equal(colours[visible], photo[visible, :3])


def test_a_proof_compares_nothing_that_nobody_sees():
    photo = np.zeros((200, 240, 4), np.uint8)
    photo[50:150, 60:180] = (150, 120, 90, 255)
    photo[70:130, 90:100, :3] = photo[70:130, 140:150, :3] = 20
    other = photo.copy()
    # Stripes, as each clear pixel has the colour of what is seen beside it.
    other[(photo[..., 3] == 0) & (np.arange(240) // 12 % 2 == 0), :3] = (190, 220, 120)
    assert fidelity_proofs.prove_enhanced(photo, other)["kept"]
    # And goes on seeing what is seen.
    other[60:140, 70:170, :3] = (150, 120, 90)
    other[95:105, 70:170, :3] = 20
    assert not fidelity_proofs.prove_enhanced(photo, other)["kept"]
