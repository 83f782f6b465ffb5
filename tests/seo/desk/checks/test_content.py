import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "demand"),
    [
        ({"title": "W" * 60}, "title-width"),
        ({"description": "Too short."}, "description-width"),
        ({"preset": {"softness": "very"}}, "preset"),
        ({"preset": {"no-such": 1}}, "preset"),
        ({"engines": {"matte": "no-such"}}, "preset"),
        ({"samples": []}, "samples"),
        ({"samples": ["no-such-photo"]}, "samples"),
        ({"examples": [{"name": "no-such", "alt": "A mug"}]}, "examples"),
        ({"facts": [{"text": "White is asked for.", "source": "", "date": ""}]}, "facts"),
        ({"related": ["no-such-intent"]}, "linked"),
        ({"reviewer": ""}, "review"),
        ({"reviewer": "Mark"}, "review"),
        ({"sections": [], "questions": []}, "words"),
        ({"questions": [{"question": "How?", "answer": ""}]}, "words"),
    ],
)
def test_what_is_wrong_is_held_back(blocking, written, changed, demand):
    assert demand in blocking(written("mug", **changed))


def test_words_in_another_language_are_held_back(blocking, written):
    text = "Lade das Foto hoch und lass es mit einem Klick freistellen, die Kanten sind weich."
    assert "language" in blocking(written("mug", sections=[{"title": text, "text": text * 3}]))
    assert "language" in blocking(written("shoe", locale="zh-hans"))
