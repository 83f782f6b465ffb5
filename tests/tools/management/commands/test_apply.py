import pytest
from django.core.management import CommandError, call_command
from PIL import Image

TOOL = "remove-background"


@pytest.fixture
def pictures(tmp_path, mug):
    folder = tmp_path / "in"
    folder.mkdir()
    Image.fromarray(mug).save(folder / "mug.png")
    return folder


def test_a_folder_is_done_picture_by_picture_and_what_fails_is_counted(pictures, tmp_path, capsys):
    (pictures / "broken.png").write_bytes(b"words")
    with pytest.raises(CommandError, match="1 of 2 failed"):
        call_command("apply", TOOL, str(pictures), str(tmp_path / "out"), "--engine", "embedded")
    with Image.open(tmp_path / "out/mug.png") as made:
        assert (made.mode, made.size) == ("RGBA", (160, 160))
    assert "broken.png" in capsys.readouterr().err.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["no-such-tool", "IN", "OUT"],
            "There is no tool no-such-tool; there are remove-background",
        ),
        ([TOOL, "IN/none", "OUT"], "does not exist"),
        ([TOOL, "IN", "OUT", "--set", "softness=9"], "softness"),
        ([TOOL, "IN", "OUT", "--engine", "no-such"], "no-such"),
    ],
)
def test_what_cannot_be_done_is_said_before_it_begins(pictures, tmp_path, arguments, words):
    given = [word.replace("IN", str(pictures)).replace("OUT", str(tmp_path)) for word in arguments]
    with pytest.raises(CommandError, match=words):
        call_command("apply", *given)


def test_a_folder_without_pictures_is_said_to_be_one(tmp_path):
    with pytest.raises(CommandError, match="no picture"):
        call_command("apply", TOOL, str(tmp_path), str(tmp_path))
