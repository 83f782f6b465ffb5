import pytest

from seo.desk.editing import exports, imports
from seo.models import KeywordPage, Version

pytestmark = pytest.mark.django_db


def test_what_was_taken_out_comes_in_unchanged(written):
    written("mug", live=True, preset={"softness": 0.5}, examples=[{"name": "a", "alt": "A mug"}])
    questions = [{"question": "Is it free?", "answer": "Yes.\nReally."}]
    written("shoe", questions=questions)
    done = imports.import_table(exports.export_table(KeywordPage.objects.all()), "Mark", dry=False)
    assert [one.kind for one in done.rows] == ["same", "same"]
    assert Version.objects.count() == 2
