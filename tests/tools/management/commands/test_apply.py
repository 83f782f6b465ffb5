"""A folder of what people have: every input is named, and none is lost or made twice."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from tools.rendering import folders

TOOL = ("enhance-photo",)


@pytest.fixture
def batch(tmp_path, as_file, mug):
    """Two files of one stem, rare endings, a folder called as a picture, and no pictures."""
    folder = tmp_path / "in"
    (folder / "sub.png").mkdir(parents=True)
    photo = as_file(mug, "JPEG")
    for name in ("IMG_1.jpg", "x.jfif", "y.JPEG", "z.jpe", "фото ☕.jpg"):
        (folder / name).write_bytes(photo)
    (folder / "IMG_1.png").write_bytes(as_file(mug))
    (folder / "sub.png" / "z.webp").write_bytes(as_file(mug, "WEBP"))
    (folder / "._IMG_1.jpg").write_bytes(b"\0\5\x16\7" + bytes(100))
    (folder / "notes.txt").write_text("hi")
    (folder / "empty.jpg").write_bytes(b"")
    return folder


def apply(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("apply", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_every_file_of_a_folder_is_made_or_named_with_the_reason(batch, tmp_path, capsys):
    out = tmp_path / "out"
    with pytest.raises(CommandError, match="1 of 10 failed"):
        apply(*TOOL, batch, out)
    made = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert made == {
        "IMG_1.png", "IMG_1-2.png", "x.png", "y.png", "z.png", "фото ☕.png",
        str(Path("sub.png") / "z.png"),
    }  # fmt: skip
    said = capsys.readouterr().err
    for path in batch.rglob("*"):
        assert path.is_dir() or str(path) in said
    lines = {
        line.split("/in/")[1].split(":")[0]: line for line in said.splitlines() if "/in/" in line
    }
    assert lines["._IMG_1.jpg"].startswith("skipped")
    assert "hidden file" in lines["._IMG_1.jpg"]
    assert ".txt" in lines["notes.txt"]
    assert lines["empty.jpg"].startswith("failed")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.avif", "AVIF"),
        ("a.tiff", "TIFF"),
        ("a.webp", "WEBP"),
        ("a.JPG", "JPEG"),
        ("a.png", "PNG"),
    ],
)
def test_a_result_is_what_its_name_says(batch, tmp_path, name, form):
    target = tmp_path / name
    assert apply(*TOOL, batch / "x.jfif", target).strip() == "1 made, 0 skipped, 0 failed"
    with Image.open(target) as made:
        assert (made.format, made.size) == (form, (160, 160))


def test_a_folder_is_written_in_the_format_that_is_asked_for(batch, tmp_path):
    out = tmp_path / "out"
    (batch / "empty.jpg").unlink()
    apply(*TOOL, batch, out, format="avif")
    assert {path.suffix for path in out.rglob("*") if path.is_file()} == {".avif"}


def test_an_ending_that_cannot_be_written_is_refused_and_makes_no_folder(batch, tmp_path):
    with pytest.raises(CommandError, match=r"No result can be written as \.heic"):
        apply(*TOOL, batch / "x.jfif", tmp_path / "a.heic")
    assert not (tmp_path / "a.heic").exists()


@pytest.mark.parametrize("ending", [".jfif", ".hif", ".jpe", ".avifs", ".heics", ".JPEG", ".dib"])
def test_page_and_command_take_the_same_endings(client, db, ending):
    assert folders.why_skipped(Path(f"photo{ending}")) == ""
    page = client.get("/remove-background/").content.decode()
    assert f",{ending.lower()}" in page.split('accept="')[1].split('"')[0] + ","


def test_results_written_beside_their_photos_are_not_worked_on_again(batch, tmp_path):
    inside = batch / "made"
    inside.mkdir()
    (inside / "old.png").write_bytes(b"x")
    assert not any("made" in task.path.parts for task in folders.list_tasks(batch, inside))


def test_the_engines_are_listed_before_there_is_a_database(tmp_path):
    told = subprocess.run(
        [sys.executable, "manage.py", "engines"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PACKSHOT_DATA": str(tmp_path / "data"), "DATABASE_URL": ""},
    )
    assert "embedded" in told.stdout
    assert "manage.py prepare" in told.stderr
    assert "Traceback" not in told.stderr


def test_numbers_are_given_within_a_folder(tmp_path):
    assert folders.number_names(["a.png", "b/a.png", "A.png"]) == ["a.png", "b/a.png", "A-2.png"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["no-such-tool", "IN", "OUT"],
            "There is no tool no-such-tool; there are remove-background",
        ),
        (["remove-background", "IN/none", "OUT"], "does not exist"),
        (["remove-background", "IN", "OUT", "--set", "softness=9"], "softness"),
        (["remove-background", "IN", "OUT", "--engine", "no-such"], "no-such"),
    ],
)
def test_what_cannot_be_done_is_said_before_it_begins(batch, tmp_path, arguments, words):
    given = [word.replace("IN", str(batch)).replace("OUT", str(tmp_path)) for word in arguments]
    with pytest.raises(CommandError, match=words):
        call_command("apply", *given)
