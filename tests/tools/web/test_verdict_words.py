import pytest

from tools.models import Check
from tools.pipeline.provenance import actions
from tools.web import verdict_words


def step(name="", action="c2pa.edited", source=None, **more):
    return {"name": name, "action": action, "source": source, "engine": "", "version": "", **more}


def made(*done, parents=(), software="Packshot"):
    return {
        "state": "sound", "software": software, "signer": "", "known": True,
        "done": list(done), "parents": list(parents),
    }  # fmt: skip


def test_the_same_thing_done_many_times_is_said_once():
    told = list(verdict_words.lines([step("Cropped"), step("Cropped"), step("Rotated")]))
    assert [line.words for line in told] == ["Cropped", "Rotated"]


def test_every_step_of_ours_has_words_of_its_own():
    for name, own in actions.BY_NAME.items():
        assert verdict_words.step_words(step(name)) == verdict_words.known("pipeline_actions", own)
        assert verdict_words.step_words(step(name))


@pytest.mark.parametrize("name", ["../../base", "a b", "", "x" * 61])
def test_what_a_file_says_names_no_template_of_ours(name):
    assert verdict_words.known("c2pa_actions", name) == ""


def test_what_is_only_named_is_no_chapter():
    bare = made(software="", parents=[])
    told = list(verdict_words.chapters(made(step("Cut"), parents=[bare])))
    assert len(told) == 1
    assert told[0].beginning
    assert list(verdict_words.chapters(None)) == []
    older = made(step("Taken"), software="A camera")
    told = list(verdict_words.chapters(made(step("Cut"), parents=[older])))
    assert [(one.software, one.beginning) for one in told] == [
        ("Packshot", False),
        ("A camera", True),
    ]


def test_a_changed_file_leans_against_trust_and_an_unsigned_one_neither_way():
    report = {"generated": False, "label": None, "source": None, "signed": None, "tool": None}
    for state, tone in (("sound", "good"), ("changed", "bad"), ("none", "plain")):
        check = Check(report={**report, "state": state, "made": None})
        assert verdict_words.verdict_words(check)["tone"] == tone
