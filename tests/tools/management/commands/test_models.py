import hashlib
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


def test_a_file_that_was_brought_is_listed_with_its_licence(folder, tmp_path):
    file = tmp_path / "given.onnx"
    file.write_bytes(b"a network")
    sha256 = hashlib.sha256(b"a network").hexdigest()
    said = ("--name", "u2net_custom", "--licence", "MIT", "--sha256", sha256)
    assert "PACKSHOT_LICENSED=u2net_custom" in say("add", str(file), *said)
    assert (folder / "u2net_custom" / "given.onnx").read_bytes() == b"a network"
    assert "your own *.onnx, MIT, in " in say("list", "u2net_custom")


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        pytest.param("u2net_custom", "0" * 64, id="not the sum that was said"),
        pytest.param("u2netp", hashlib.sha256(b"a network").hexdigest(), id="not the one we know"),
    ],
)
def test_a_file_with_another_checksum_is_not_kept(folder, tmp_path, name, sha256):
    file = tmp_path / "given.onnx"
    file.write_bytes(b"a network")
    with pytest.raises(CommandError, match="has the checksum"):
        say("add", str(file), "--name", name, "--licence", "MIT", "--sha256", sha256)
    assert list((folder / name).iterdir()) == []


def test_what_is_not_said_is_asked_for(tmp_path, monkeypatch):
    file = tmp_path / "given.onnx"
    file.write_bytes(b"a network")
    said = {"name: ": "u2net_custom", "licence: ": "", "sha256: ": "0"}
    monkeypatch.setattr("builtins.input", said.get)
    with pytest.raises(CommandError, match="under which licence"):
        say("add", str(file))
