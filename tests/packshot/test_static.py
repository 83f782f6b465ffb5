"""What is sent of our own scripts and sheets."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from packshot.static import joined


def sheet(name):
    return Path(finders.find(f"tools/{name}")).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["site.css", "editor.css", "result.css"])
def test_a_sheet_made_of_others_is_sent_as_one(name):
    text = joined(f"tools/{name}", sheet(name))
    assert "@import" not in text
    assert text.count("{") == text.count("}") > 50


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="nowhere"):
        joined("tools/editor.css", '@import url("nowhere.css");\n')


def test_every_sheet_of_the_tools_is_somewhere_in_use():
    folder = settings.BASE_DIR / "tools/static/tools"
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    used = pages + "".join(path.read_text() for path in folder.glob("*.css"))
    assert [path.name for path in folder.glob("*.css") if path.name not in used] == []
