import pytest
from django.core.management import CommandError, call_command

from packshot import doctor


@pytest.fixture
def finds(monkeypatch):
    def finds(*states):
        findings = [(f"part{n}", doctor.Finding(state, "words")) for n, state in enumerate(states)]
        monkeypatch.setattr(doctor, "run_checks", lambda: iter(findings))

    return finds


def test_each_part_is_a_line_and_notes_are_no_reason_to_fail(finds, capsys):
    finds(doctor.OK, doctor.NOTE)
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        [doctor.OK, "part0", "words"],
        [doctor.NOTE, "part1", "words"],
    ]


def test_what_is_bad_is_named_at_the_end(finds):
    finds(doctor.BAD, doctor.OK, doctor.BAD)
    with pytest.raises(CommandError, match=r"To be mended: part0, part2\."):
        call_command("doctor")
