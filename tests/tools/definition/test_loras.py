import pytest

from tools.definition import loras, registry
from tools.definition.registry import InvalidParamsError

OFFERED = {"linen:0.5"}
TOOL = registry.get_tool("add-background")


def offered(tool):
    return OFFERED if tool == TOOL.slug else set()


@pytest.fixture(autouse=True)
def pages(settings):
    settings.STYLES_OFFERED = f"{__name__}.offered"


@pytest.fixture
def style(monkeypatch):
    """The name of the tool's setting that takes a style."""
    monkeypatch.setattr(loras, "import_string", lambda _: offered)
    return next(
        name for name, field in TOOL.form.base_fields.items() if isinstance(field, loras.Style)
    )


def test_a_style_is_what_a_page_of_this_tool_asks_for_word_for_word(style):
    loras.check_loras(TOOL, {style: "linen:0.5"})
    loras.check_loras(TOOL, {style: ""})
    with pytest.raises(InvalidParamsError) as refused:
        loras.check_loras(TOOL, {style: "linen:0.6"})
    assert list(refused.value.fields) == [style]


def test_a_tool_without_styles_asks_no_page(monkeypatch):
    monkeypatch.setattr(loras, "import_string", lambda _: pytest.fail("asked"))
    loras.check_loras(registry.get_tool("remove-background"), {})
