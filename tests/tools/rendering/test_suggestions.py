import pytest

from tools.attempts import lifecycle
from tools.models import Attempt, Photo
from tools.pipeline.recommending import ranking
from tools.queue import background
from tools.rendering import suggestions, warm_scenes
from tools.storage import files
from tools.workers import cpu


@pytest.fixture
def made(photo):
    lifecycle.start_attempt(photo, "remove-background", {})
    cpu.work_once()
    photo.refresh_from_db()
    return photo


def test_the_first_result_brings_scenes_that_suit_the_product_with_their_pictures(made):
    assert len(made.suggestions) == ranking.FIRST
    for item in made.suggestions:
        assert files.file_exists(files.suggestion_path(made.pk, item["scene"]))
        assert item["reason"]["id"]


def test_they_are_made_once_a_photo(made, monkeypatch):
    monkeypatch.setattr(ranking, "rank_scenes", lambda _: pytest.fail("ranked again"))
    lifecycle.start_attempt(made, "remove-background", {"softness": 0.5})
    cpu.work_once()
    assert Attempt.objects.filter(status="done").count() == 2


def test_a_photo_that_was_deleted_meanwhile_keeps_no_picture(photo, monkeypatch, own_folders):
    real = ranking.rank_scenes

    def rank(features):
        Photo.objects.filter(pk=photo.pk).update(suggestions=[])
        monkeypatch.setattr(suggestions.Photo.objects, "filter", lambda **_: Photo.objects.none())
        return real(features)

    monkeypatch.setattr(ranking, "rank_scenes", rank)
    lifecycle.start_attempt(photo, "remove-background", {})
    cpu.work_once()
    monkeypatch.undo()
    drawn = files.list_folder(files.photo_drawn_path(photo.pk))
    assert [name for name in drawn if "/cut-" not in name] == []


def test_scenes_are_drawn_ahead_only_while_nobody_waits(monkeypatch):
    drawn = []

    class Run:
        def value(self, node):
            drawn.append(node.arguments["slug"])

    monkeypatch.setattr(warm_scenes, "is_warm", lambda scene: scene != "linen-natural")
    waits = iter([False, False, True])
    monkeypatch.setattr(background, "somebody_waits", lambda: next(waits))
    suggestions.draw_ahead(Run(), ["wood-oak", "linen-natural", "marble-light"], 40, 30)
    assert drawn == ["wood-oak"]
