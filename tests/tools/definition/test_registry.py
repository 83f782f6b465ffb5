"""A tool costs one file."""

import sys

import pytest

import tools.catalog
from billing import prices
from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt
from tools.workers import cpu

SOURCE = """
from django import forms

from tools.pipeline import ops
from tools.definition.registry import Tool


class Form(forms.Form):
    colour = forms.RegexField(r"^#[0-9a-f]{6}$", initial="#00ff00")


def build(photo, params):
    width, height = ops.read_size(photo)
    return ops.colour(colour=params["colour"], width=width, height=height)


TOOL = Tool(slug="paint-over", name="Paint over", doing="Painting over", form=Form, build=build)
"""


@pytest.fixture
def paint_over(tmp_path, monkeypatch):
    (tmp_path / "paint_over.py").write_text(SOURCE)
    monkeypatch.setattr(tools.catalog, "__path__", [*tools.catalog.__path__, str(tmp_path)])
    registry.load_tools.cache_clear()
    yield "paint-over"
    registry.load_tools.cache_clear()
    sys.modules.pop("tools.catalog.paint_over", None)


def test_it_gets_a_page_with_its_form(client, db, paint_over):
    page = client.get(f"/{paint_over}/").content.decode()
    assert "<h1>Paint over</h1>" in page
    assert 'name="colour"' in page


def test_it_gets_a_price(browser, photo, paint_over):
    quote = browser.get(f"/tools/{paint_over}/quote/", {"photo": photo.pk}).json()
    assert quote["credits"] == 0
    assert (quote["width"], quote["height"]) == (photo.width, photo.height)


def test_it_gets_an_api(client, paint_over):
    found = {tool["slug"]: tool for tool in client.get("/api/tools/").json()["tools"]}
    setting = found[paint_over]["settings"][0]
    assert (setting["name"], setting["default"]) == ("colour", "#00ff00")


def test_it_runs(browser, photo, paint_over):
    answer = browser.post("/attempts/", {"tool": paint_over, "photo": photo.pk})
    assert answer.status_code == 201
    cpu.work_once()
    assert Attempt.objects.get().status == "done"


def test_a_wrong_setting_is_refused_by_its_form(photo, paint_over):
    with pytest.raises(registry.InvalidParamsError):
        lifecycle.start_attempt(photo, paint_over, {"colour": "green"})


def test_the_price_list_names_every_tool_as_the_catalogue_does():
    names = {slug: str(tool.name) for slug, tool in registry.load_tools().items()}
    listed = {slug: str(tool.name) for slug, tool in prices.TOOLS.items()}
    assert {slug: names[slug] for slug in listed} == listed
