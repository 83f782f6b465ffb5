"""The total on a button that starts several attempts: it is what they cost when they are delivered."""

import pytest

from tools.models import Attempt, Job
from tools.pipeline import engines
from tools.workers import cpu

SCENES = ("window-morning", "marble-light", "wood-oak")
TOOL = "add-background"


@pytest.fixture
def total(browser, photo, says):
    """What the button says for one attempt at each value of a setting."""

    def total(over, values, **settings):
        asked = {"photo": str(photo.pk), "over": over, over: list(values), **settings}
        answer = browser.get(f"/tools/{TOOL}/quote/all/", asked)
        assert answer.status_code == 200, answer.content
        return says(answer)

    return total


def run_all(browser, photo, most, **settings):
    """Start one attempt for each scene, as the page does: none at more than was said for all."""
    for scene in SCENES:
        wish = {"tool": TOOL, "photo": str(photo.pk), "scene": scene, "most": most, **settings}
        assert browser.post("/attempts/", wish).status_code == 201
    while Attempt.objects.filter(status__in=Job.OPEN).exists():
        cpu.work_once()


def test_the_total_of_all_scenes_is_what_they_cost_in_the_end(browser, photo, total, says):
    had = says(browser.get("/account/balance/"))["available"]
    named = total("scene", SCENES, background="scene")
    one = says(
        browser.get(
            f"/tools/{TOOL}/quote/",
            {"photo": str(photo.pk), "background": "scene", "scene": SCENES[0]},
        )
    )
    # The product is found once, and each scene is laid behind it for nothing.
    assert (one["credits"], named["credits"]) == (1, 1)
    assert named["words"] == "Generate all 3 · 1 credit"
    run_all(browser, photo, named["credits"], background="scene")
    assert set(Attempt.objects.values_list("status", flat=True)) == {Job.Status.DONE}
    assert had - says(browser.get("/account/balance/"))["available"] == named["credits"]


def test_what_has_been_made_is_free_and_the_button_says_so(browser, photo, total):
    run_all(browser, photo, 1, background="scene")
    named = total("scene", SCENES, background="scene")
    assert named == {"credits": 0, "words": "Generate all 3 · free"}


@pytest.fixture
def another(monkeypatch):
    """A server with a second engine for the matte."""
    monkeypatch.setenv("PACKSHOT_ENGINES", "tests.browser.matte_double")
    engines.list_engines.cache_clear()
    yield
    monkeypatch.undo()
    engines.list_engines.cache_clear()


@pytest.mark.usefixtures("another")
def test_the_total_over_engines_is_the_sum_of_their_own_prices(browser, photo, total, says):
    each = [
        says(
            browser.get(
                f"/tools/{TOOL}/quote/",
                {"photo": str(photo.pk), "background": "colour", "engine.matte": name},
            )
        )["credits"]
        for name in ("embedded", "double")
    ]
    named = total("engine.matte", ["embedded", "double"], background="colour")
    assert named["credits"] == sum(each)
    assert min(each) > 0
    assert named["words"] == f"Generate all 2 · {sum(each)} credits"


def test_somebody_elses_photo_has_no_total(client, photo):
    answer = client.get(
        f"/tools/{TOOL}/quote/all/", {"photo": str(photo.pk), "over": "scene", "scene": "wood-oak"}
    )
    assert answer.status_code == 404
