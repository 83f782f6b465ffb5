import shlex

import numpy as np
import pytest
from django.core.management import call_command
from django.http import QueryDict
from PIL import Image

from tools.attempts import lifecycle, recipes
from tools.definition import registry
from tools.exports import files as exports
from tools.models import Attempt, Export
from tools.pipeline import engines
from tools.rendering import ingest, local
from tools.storage import files
from tools.workers import cpu

SCENE = {"background": "gradient", "colour": "#dfe4ea", "ratio": "1:1", "seed": "7", "x": "0.4"}


@pytest.fixture
def attempt(photo):
    return lifecycle.start_attempt(photo, "add-background", SCENE)


@pytest.fixture
def other(upload, mug, as_file):
    """Another photo of the visitor's: the mug lies on its side."""
    received = upload(as_file(np.ascontiguousarray(np.rot90(mug))), name="other.png")
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    return received


def recipe_of(browser, attempt):
    return browser.get(f"/attempts/{attempt.pk}/recipe/").json()


def test_a_recipe_names_all_that_makes_the_result(browser, attempt):
    found = recipe_of(browser, attempt)
    assert (found["tool"], found["seed"]) == ("add-background", 7)
    assert found["params"] == attempt.params
    assert found["engines"] == {"matte": "embedded"}
    assert found["versions"]["engines"]["matte"].startswith("embedded")
    assert found["versions"]["steps"]["compose"] >= 1


def test_the_command_gives_on_another_photo_what_the_recipe_gives(browser, attempt, tmp_path, mug):
    found = recipe_of(browser, attempt)
    pixels = np.ascontiguousarray(np.rot90(mug))
    tool = registry.get_tool(found["tool"])
    chosen = engines.choose_engines(tool.kinds(found["params"]), found["engines"])
    run = local.make_run(chosen, tmp_path / "steps")
    expected = local.apply_to_pixels(pixels, tool, found["params"], run).pixels

    source, target = tmp_path / "in.png", tmp_path / "out.png"
    Image.fromarray(pixels).save(source)
    words = shlex.split(found["command"])
    assert words[:2] == ["manage.py", "apply"]
    places = {"IN": str(source), "OUT": str(target)}
    call_command(*[places.get(word, word) for word in words[1:]])
    assert np.array_equal(np.asarray(Image.open(target)), expected)


def test_the_same_on_another_photo_is_a_download_of_the_same_pixels(
    browser, attempt, other, tmp_path, mug
):
    found = recipe_of(browser, attempt)
    made = browser.post(f"/attempts/{attempt.pk}/again/", {"photo": other.pk}).json()
    assert (made["photo"], made["params"]) == (str(other.pk), found["params"])
    for _ in range(2):
        cpu.work_once()
    export = exports.start_export(Attempt.objects.get(pk=made["id"]), exports.parse_options({}))
    cpu.work_once()
    export = Export.objects.get(pk=export.pk)
    tool = registry.get_tool(found["tool"])
    run = local.make_run(engines.choose_engines(tool.kinds(), found["engines"]), tmp_path / "steps")
    expected = local.apply_to_pixels(
        np.ascontiguousarray(np.rot90(mug)), tool, found["params"], run
    )
    with files.default_storage.open(export.file, "rb") as stored:
        assert np.array_equal(np.asarray(Image.open(stored)), expected.pixels)


def test_the_call_asks_for_the_same_attempt(browser, attempt, other):
    send, ask = recipe_of(browser, attempt)["call"].splitlines()
    assert "file=@IN" in send
    words = shlex.split(ask)
    fields = [words[i + 1] for i, word in enumerate(words) if word == "--data-urlencode"]
    sent = QueryDict(mutable=True)
    for field in fields:
        name, _, value = field.partition("=")
        sent[name] = str(other.pk) if value == "$PHOTO" else value
    made = browser.post("/attempts/", sent.dict()).json()
    assert made["params"] == attempt.params


@pytest.mark.parametrize("slug", sorted(registry.load_tools()))
def test_what_is_written_of_any_tool_is_read_as_the_same(slug):
    tool = registry.get_tool(slug)
    given = {"strokes": '[{"keep": true, "size": 0.02, "points": [[0.1, 0.2]]}]', "softness": 0.1}
    params = tool.validated(
        {key: given[key] for key in given.keys() & tool.form.base_fields.keys()}
    )
    pairs = [f"{name}={value}" for name, value in recipes.written(tool, params)]
    assert local.parse_parameters(tool, pairs) == params


def test_the_brush_of_another_photo_stays_behind(photo, other):
    strokes = [{"keep": True, "size": 0.02, "points": [[0.1, 0.2]]}]
    first = lifecycle.start_attempt(
        photo, "remove-background", {"strokes": strokes, "softness": 0.5}
    )
    assert recipes.apply_recipe(first, other, None).params == {
        "strokes": [],
        "next_best": False,
        "softness": 0.5,
        "shift": 0,
    }
    assert recipes.apply_recipe(first, photo, None).params["strokes"] == strokes


def test_with_a_picture_that_only_the_visitor_has_there_is_no_command(browser, photo, other):
    picture = {"digest": other.digest, "width": other.width, "height": other.height}
    made = lifecycle.start_attempt(
        photo, "add-background", {"background": "picture", "picture": picture}
    )
    found = recipe_of(browser, made)
    assert (found["command"], found["call"]) == (None, None)
    assert recipes.apply_recipe(made, photo, None).params["picture"] == picture


def test_another_visitors_photo_takes_no_recipe(browser, attempt, upload, db):
    from accounts.models import Visitor

    theirs = upload(visitor=Visitor.objects.create())
    answer = browser.post(f"/attempts/{attempt.pk}/again/", {"photo": theirs.pk})
    assert answer.status_code == 404
