import io

import pytest
from django.core.management import CommandError, call_command

from tools.pipeline.weights import places


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("U2NET_HOME", "REMBG_HOME", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places.place, "folder", tmp_path)
    return tmp_path


def say(*arguments):
    out = io.StringIO()
    call_command("models", *arguments, stdout=out)
    return out.getvalue()


def test_weights_are_listed_with_their_licence_and_whether_they_are_here():
    line = next(line for line in say("list").splitlines() if line.startswith("u2netp "))
    assert line.split(maxsplit=1)[1] == "5 MB, Apache-2.0 (commercial use), not here"


def test_damaged_weights_are_said_to_be(folder):
    (folder / "u2netp").mkdir()
    (folder / "u2netp" / "u2netp.onnx").write_bytes(bytes(4_574_861))
    assert "in " in say("list", "u2netp")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 damaged"):
        call_command("models", "verify", stdout=out)
    assert "u2netp.onnx is damaged" in out.getvalue()
    assert "u2netp.onnx is damaged" in say("list", "u2netp")


def test_unknown_weights_are_answered_with_those_that_are_known():
    with pytest.raises(CommandError, match=r"there are .*u2netp"):
        say("fetch", "u2nett")


def test_nothing_is_fetched_offline(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(CommandError, match="HF_HUB_OFFLINE"):
        say("fetch", "u2netp")
