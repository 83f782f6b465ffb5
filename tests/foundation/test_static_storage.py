"""What is sent of our own scripts and sheets."""

import re

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from foundation.static_storage import HashedStorage

FOLDER = settings.BASE_DIR / "tools/static"


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The tools' sheets and their font as collectstatic leaves them: plain names to texts."""
    source = FileSystemStorage(FOLDER)
    sheets = [f"tools/css/{path.name}" for path in (FOLDER / "tools/css").glob("*.css")]
    names = [*sheets, "tools/fonts/instrument-sans.woff2"]
    storage = HashedStorage(tmp_path_factory.mktemp("static"), "/static/")
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)
    found = {}
    for name, hashed, _ in storage.post_process({name: (source, name) for name in names}):
        if name in sheets and str(hashed).endswith(".css"):
            with storage.open(hashed) as file:
                found[name.removeprefix("tools/css/")] = file.read().decode()
    return found


@pytest.mark.parametrize("name", ["site.css", "editor.css", "attempt-page.css"])
def test_a_sheet_made_of_others_is_sent_as_one(collected, name):
    text = collected[name]
    assert "@import" not in text
    assert "/*" not in text
    assert text.count("{") == text.count("}") > 50


def test_what_a_joined_sheet_asks_for_has_its_hashed_name(collected):
    assert re.search(
        r'url\("\.\./fonts/instrument-sans\.[0-9a-f]{12}\.woff2"\)', collected["site.css"]
    )


def test_every_sheet_of_the_tools_is_somewhere_in_use(collected):
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    used = pages + "".join(path.read_text() for path in (FOLDER / "tools/css").glob("*.css"))
    assert [name for name in collected if name not in used] == []
