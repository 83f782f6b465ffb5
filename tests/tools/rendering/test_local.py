import numpy as np
import pytest
from PIL import Image

from tools.definition import registry
from tools.definition.registry import InvalidParamsError
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.pixels import Rgba
from tools.rendering import local

TOOL = registry.get_tool("remove-background")


def test_settings_are_typed_as_the_form_takes_them():
    assert local.parse_parameters(TOOL, ["softness=0.5"])["softness"] == 0.5
    for wrong, field in (("softness", "softness"), ("softness=9", "softness")):
        with pytest.raises(InvalidParamsError) as refused:
            local.parse_parameters(TOOL, [wrong])
        assert list(refused.value.fields) == [field]


def test_an_engine_that_nobody_knows_is_refused_and_none_means_the_default():
    params = TOOL.defaults()
    assert local.choose_engines(TOOL, params, "embedded")["matte"].name == "embedded"
    assert {*local.choose_engines(TOOL, params, None)} == {"matte"}
    with pytest.raises(EngineUnavailableError):
        local.choose_engines(TOOL, params, "no-such-engine")


def test_a_picture_is_written_as_its_name_says(tmp_path):
    clear = Rgba(np.zeros((8, 8, 4), np.uint8))
    for name, kind, mode in (
        ("a.jpg", "JPEG", "RGB"),
        ("a.webp", "WEBP", "RGBA"),
        ("a.png", "PNG", "RGBA"),
    ):
        local.write_picture(tmp_path / "new" / name, clear)
        with Image.open(tmp_path / "new" / name) as picture:
            assert (picture.format, picture.mode) == (kind, mode)
    with Image.open(tmp_path / "new/a.jpg") as picture:
        assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_a_tool_on_a_file_is_the_tool_on_its_pixels(tmp_path, mug):
    path = tmp_path / "mug.png"
    Image.fromarray(mug).save(path)
    engines = local.choose_engines(TOOL, TOOL.defaults(), "embedded")
    run = local.make_run(engines, tmp_path / "steps")
    of_file = local.apply_to_file(path, TOOL, TOOL.defaults(), run).pixels
    again = local.make_run(engines, tmp_path / "steps")
    applied = local.apply_to_pixels(mug, TOOL, TOOL.defaults(), again)
    assert np.array_equal(of_file, applied.pixels)
    assert applied.timings == []
    assert of_file[80, 80, 3] == 255
    assert of_file[2, 2, 3] == 0
