from PIL import Image

from tools.benchmarks import fidelity
from tools.definition import registry


def test_every_tool_that_must_keep_the_product_is_measured_on_every_picture(
    tmp_path, mug, monkeypatch
):
    Image.fromarray(mug).save(tmp_path / "mug.png")
    (tmp_path / "notes.txt").write_text("no picture")
    tool = registry.get_tool("remove-background")
    monkeypatch.setattr(registry, "list_offered", lambda: [tool])
    (row,) = fidelity.measure(tmp_path)
    assert (row["photo"], row["tool"]) == ("mug.png", tool.slug)
    assert (row["identical"], row["kept"]) == (1, True)


def test_a_picture_that_cannot_be_read_is_told_and_stops_nobody(tmp_path, monkeypatch):
    (tmp_path / "broken.png").write_bytes(b"words")
    monkeypatch.setattr(registry, "list_offered", lambda: [registry.get_tool("remove-background")])
    (row,) = fidelity.measure(tmp_path)
    assert row["error"] == "not-an-image"
