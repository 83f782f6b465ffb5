import json
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command

from tools.benchmarks import cutout, editor
from tools.management.commands import measure


@pytest.mark.parametrize("subject", measure.SUBJECTS)
def test_each_subject_names_a_function_that_is_there(subject):
    module, _, name = measure.SUBJECTS[subject].partition(":")
    assert callable(getattr(import_module(module), name))


def test_figures_are_a_table_or_json(monkeypatch, tmp_path, capsys):
    asked = []

    def found(folder, **given):
        asked.append((folder, given))
        return [{"photo": "mug", "iou": 0.98765}, {"photo": "all", "seconds": 2}]

    monkeypatch.setattr(cutout, "measure", found)
    call_command("measure", "cutout", str(tmp_path), "--tolerance", "0.1")
    table = capsys.readouterr().out
    assert "0.9877" in table
    assert "seconds" in table
    call_command("measure", "cutout", str(tmp_path), "--json")
    assert json.loads(capsys.readouterr().out)[0]["iou"] == 0.98765
    assert asked == [(tmp_path, {"tolerance": 0.1}), (tmp_path, {})]


def test_a_folder_is_asked_for_where_one_is_needed(tmp_path):
    with pytest.raises(CommandError, match="measure cutout DIR"):
        call_command("measure", "cutout")
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("measure", "cutout", str(tmp_path / "none"))


def test_a_server_that_does_not_answer_is_said(monkeypatch):
    def away(**_):
        raise editor.NoServerError("127.0.0.1:8000")

    monkeypatch.setattr(editor, "measure", away)
    with pytest.raises(CommandError, match=r"127\.0\.0\.1:8000"):
        call_command("measure", "editor")
