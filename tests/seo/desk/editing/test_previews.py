import pytest

from seo.desk.editing import previews


def test_a_draft_is_seen_by_its_signed_address_only(client, written):
    draft = written("mug")
    shown = client.get(previews.preview_address(draft))
    assert draft.h1 in shown.content.decode()
    assert shown["X-Robots-Tag"].startswith("noindex")
    assert client.get("/preview/forged/").status_code == 404
    assert client.get("/preview/sketch/").status_code == 404
    assert client.get("/mug-photos/").status_code == 404


def test_what_is_begun_and_not_written_has_no_place_in_a_sketch():
    words = {
        "title": "A vase", "h1": "A vase", "lead": "", "description": "",
        "steps": ["Drop it in.", ""], "limits": [""], "sections": [{"title": "", "text": ""}],
        "facts": [], "questions": [{"question": "Why?", "answer": ""}],
        "examples": [], "presets": [],
    }  # fmt: skip
    intent = {"slug": "vases", "name": "Vases", "tool": "remove-background"}
    said = {"intent": intent, "page": {"slug": "vases"}, "words": words}
    version = previews.sketched(said)
    assert (version.steps, version.limits, version.sections) == (["Drop it in."], [], [])
    assert version.questions == words["questions"]


@pytest.mark.django_db
def test_a_sent_address_opens_for_two_weeks(client, written, monkeypatch):
    address = previews.preview_address(written("mug"))
    assert client.get(address).status_code == 200
    monkeypatch.setattr(previews, "DAYS", -1)
    assert client.get(address).status_code == 404
