"""Tools after tools: an attempt with another tool goes on from the result it was asked for at."""

import io
import shlex

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image

from tools.attempts import lifecycle, recipes
from tools.credentials import sign
from tools.definition import registry
from tools.exports import files as exports
from tools.models import Attempt, Export
from tools.pipeline import ops
from tools.pricing import lineage, plans
from tools.rendering import ingest, render
from tools.storage import files
from tools.workers import cpu

# All of the blot.
PAINTED = [{"keep": False, "size": 0.16, "points": [[0.15, 0.15], [0.16, 0.15]]}]
BLUE = {"background": "colour", "colour": "#2040c0", "shadow": "none"}


@pytest.fixture
def photo(upload, mug, as_file):
    """The mug, and a black blot in a corner that is to go."""
    pixels = mug.copy()
    pixels[16:32, 16:32] = 10
    received = upload(as_file(pixels))
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    return received


def made(photo, tool, params=None, parent=None, **options):
    attempt = lifecycle.start_attempt(photo, tool, params or {}, parent=parent, **options)
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == "done", attempt.error
    return attempt


def seen(attempt):
    return pixels_of(files.attempt_preview_path(attempt.pk))


def pixels_of(name):
    return np.asarray(Image.open(io.BytesIO(files.read_file(name))))


def file_of(attempt, **options):
    export = exports.start_export(attempt, exports.parse_options(options))
    cpu.work_once()
    export = Export.objects.get(pk=export.pk)
    assert export.status == "done", export.error
    return pixels_of(export.file), export


def _pixels(photo):
    return np.asarray(render.pixels(photo.digest))


def is_blot(picture):
    return (picture[18:30, 18:30, :3] < 60).all()


@pytest.fixture
def erased(photo):
    return made(photo, "erase-object", {"strokes": PAINTED})


def test_what_was_erased_stays_away_when_the_background_goes(photo, erased):
    expanded = made(photo, "expand-photo", {"ratio": "16:9"}, erased)
    left = (expanded.width - photo.width) // 2
    assert is_blot(_pixels(photo))
    assert not is_blot(seen(expanded)[:, left:])
    cut = made(photo, "remove-background", parent=expanded)
    assert seen(cut).shape == (expanded.height, expanded.width, 4)
    assert [recipe["tool"] for recipe in cut.before] == ["erase-object", "expand-photo"]
    picture, export = file_of(cut)
    assert picture.shape == (expanded.height, expanded.width, 4)
    assert not picture[18:30, left + 18 : left + 30, 3].any()
    assert export.status == "done"


def test_a_cut_out_is_set_into_a_scene_as_it_was_cut(photo):
    cut = made(photo, "remove-background", {"shift": 0.5})
    scene = made(photo, "add-background", BLUE, cut)
    direct = made(photo, "add-background", {**BLUE, "shift": 0.5})
    assert np.array_equal(file_of(scene)[0], file_of(direct)[0])
    assert scene.fidelity["kept"]


def test_a_scene_is_kept_when_it_is_enhanced(photo):
    scene = made(photo, "add-background", BLUE)
    better = made(photo, "enhance-photo", {"size": "2", "auto": False}, scene)
    assert (better.width, better.height) == (2 * photo.width, 2 * photo.height)
    corner = file_of(better)[0][4:20, 4:20, :3].reshape(-1, 3).mean(0)
    assert np.abs(corner - (0x20, 0x40, 0xC0)).max() < 30


def test_a_cut_out_stays_clear_when_it_is_enhanced(photo):
    better = made(
        photo, "enhance-photo", {"auto": False, "denoise": 0.2}, made(photo, "remove-background")
    )
    picture, _ = file_of(better)
    assert picture.shape[2] == 4
    assert not picture[4, 4, 3]


def test_the_same_tool_again_begins_where_its_last_try_did(photo, erased):
    first = made(photo, "add-background", BLUE, erased)
    second = made(photo, "add-background", {**BLUE, "colour": "#ffffff"}, first)
    assert first.before == second.before == [erased.recipe()]


def test_what_failed_is_nothing_to_go_on_from(photo, erased):
    failed = lifecycle.start_attempt(photo, "add-background", BLUE, parent=erased)
    lifecycle.cancel_attempt(failed)
    failed.refresh_from_db()
    assert lineage.recipes_before(failed, photo, "enhance-photo") == [erased.recipe()]


def test_deleting_what_an_attempt_goes_on_from_loses_nothing(photo, erased):
    cut = made(photo, "remove-background", parent=erased)
    before = file_of(cut)[0]
    lifecycle.delete_attempt(erased)
    cut.refresh_from_db()
    assert cut.parent is None
    again = made(photo, "remove-background", {}, cut)
    assert np.array_equal(file_of(again)[0], before)


def test_a_large_photo_is_previewed_from_the_preview_that_was_seen(photo):
    photo.width, photo.height = 4000, 3000
    whole = lineage.begin_graph(photo, [_recipe("remove-background")])
    small = ops.make_proxy(whole)
    assert ops.read_size(whole) == (4000, 3000)
    assert ops.read_size(small) == ops.read_size(ops.make_proxy(lineage.begin_graph(photo)))
    assert ops.find_original(small).args == whole.args
    alpha = ops.make_matte(small, strokes=[])
    assert alpha.inputs[0].op.name == "proxy"


def _recipe(slug):
    tool = registry.get_tool(slug)
    return {"tool": slug, "params": tool.defaults(), "engines": {}}


def test_a_recipe_tells_all_tools_and_its_command_follows_them(photo, browser, tmp_path):
    wide = made(photo, "expand-photo", {"ratio": "16:9"})
    cut = made(photo, "remove-background", parent=wide)
    recipe = browser.get(f"/attempts/{cut.pk}/recipe/").json()
    assert recipe["after"] == [wide.recipe()]
    assert {"expand", "cut_out"} <= recipe["versions"]["steps"].keys()
    source, target = tmp_path / "in.png", tmp_path / "out.png"
    Image.fromarray(_pixels(photo)).save(source)
    places = {"IN": source, "BETWEEN1.png": tmp_path / "between.png", "OUT": target}
    for line in recipe["command"].splitlines():
        call_command(*[str(places.get(word, word)) for word in shlex.split(line)[1:]])
    assert np.array_equal(np.asarray(Image.open(target)), file_of(cut)[0])
    assert recipe["call"].count("--data-urlencode tool=") == 2


def test_the_same_on_another_photo_leaves_what_was_painted(photo, erased, upload, mug, as_file):
    other = upload(as_file(np.ascontiguousarray(np.rot90(mug))))
    ingest.ingest_photo(other.pk)
    other.refresh_from_db()
    wide = made(photo, "expand-photo", {"ratio": "16:9"}, erased)
    cut = made(photo, "remove-background", parent=wide)
    again = recipes.apply_recipe(cut, other, None)
    assert [recipe["tool"] for recipe in again.before] == ["expand-photo"]


def test_a_file_says_every_tool_that_it_went_through(photo, erased):
    cut = made(photo, "remove-background", parent=erased)
    _, export = file_of(cut)
    plan = plans.plan_attempt(cut)
    run = render.start(cut, export, plan)
    node = render.filed(export, plan)
    value = run.value(node)
    names = [step.name for step in sign.list_signed_steps(node, run, value, export.options)]
    assert len(names) >= 2
    assert "rase" in names[0]


def test_the_page_says_what_an_attempt_goes_on_from(photo, erased, browser):
    posted = {"photo": photo.pk, "tool": "enhance-photo", "parent": erased.pk}
    said = browser.post("/attempts/", posted).json()
    assert said["after"] == ["erase-object"]
    assert Attempt.objects.get(pk=said["id"]).before == [erased.recipe()]
