import pytest

from seo.desk.editing import diff
from seo.models import Version

pytestmark = pytest.mark.django_db


def test_versions_are_compared_word_by_word(written):
    one, other = written("mug"), written("shoe")
    other.h1 = one.h1.replace("Cut out", "Take out")
    heading = next(change for change in diff.list_changes(one, other) if change.name == "Heading")
    assert [(part.kind, part.text) for part in heading.parts][:2] == [
        ("out", "Cut"),
        ("in", "Take"),
    ]
    one.page.locale = other.page.locale = "zh-hans"
    one.h1, other.h1 = "去除背景", "去掉背景"
    heading = next(change for change in diff.list_changes(one, other) if change.name == "Heading")
    assert [part.text for part in heading.parts] == ["去", "除", "掉", "背景"]


def test_only_fields_that_differ_are_told_and_lists_are_lines(written):
    one = written("mug")
    other = Version.objects.get(pk=one.pk)
    assert diff.list_changes(one, other) == []
    other.steps = [*one.steps, "Sell it."]
    other.preset = {"softness": 0.5}
    told = {change.name: change.parts for change in diff.list_changes(one, other)}
    assert sorted(told) == ["Preset", "Steps"]
    assert told["Preset"] == [diff.Part("in", "softness: 0.5")]
    assert told["Steps"][-1] == diff.Part("in", "\nSell it.")
