import ast
import gettext
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
# One entry's words in the catalogue's language: `msgstr`, or a `msgstr[0]` for each plural.
UNWRITTEN = re.compile(r'^msgstr(?:\[\d\])? ""\n(?!")', re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+")
# Calls that ask for a translation, and how many of their arguments name it: with a context first.
CALLS = {
    **dict.fromkeys(
        ["_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"], 1
    ),
    **dict.fromkeys(["pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"], 2),
}
# One in a template as Django spells it out for extraction, with the texts that it begins with.
STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
CALL = re.compile(rf"\b(n?p?gettext)\(((?:\s*{STRING}\s*,?)+)")
FOLDERS = ("accounts", "billing", "packshot", "seo", "tools")
every_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])


@every_catalogue
def test_every_word_is_translated_and_none_only_guessed(catalogue):
    written = [entry for entry in entries(catalogue) if not entry.startswith("#~")]
    assert [entry for entry in written if UNWRITTEN.search(entry)] == []
    assert [entry for entry in written if re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE)] == []


@every_catalogue
def test_whatever_a_page_can_say_has_a_translation(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)._catalog
    known = {key[0] if isinstance(key, tuple) else key for key in translations}
    assert sorted(said() - known) == []


@every_catalogue
def test_no_translation_is_of_what_no_page_says(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)._catalog
    known = {key[0] if isinstance(key, tuple) else key for key in translations}
    assert sorted(known - said() - {""}) == []


def test_a_translation_is_looked_for_wherever_one_is_asked_for():
    assert {"Choose a photo", "marketplace\x04None", "Remove background", "White studio"} <= said()
    assert "%(credits)s credit" in said()


@every_catalogue
def test_a_translation_keeps_the_places_of_what_is_put_into_it(catalogue):
    for entry in entries(catalogue):
        asked, *said = re.split(r"^msgstr(?:\[\d\])?", entry, flags=re.MULTILINE)
        places = set(PLACE.findall(asked))
        # The singular may do without its number: "one photo".
        assert all(set(PLACE.findall(one)) <= places for one in said), entry
        assert set(PLACE.findall(said[-1])) == places, entry


def entries(catalogue):
    """All but the header, which says of itself what it is."""
    return catalogue.read_text("utf-8").strip().split("\n\n")[1:]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext's msgfmt")
@every_catalogue
def test_what_is_compiled_is_what_is_written(catalogue, tmp_path):
    made = tmp_path / "made.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", made, catalogue], check=True)
    assert told(made) == told(catalogue.with_suffix(".mo"))


def told(path):
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


@cache
def said():
    """Every message of our templates and modules, under the key that a compiled catalogue gives it."""
    templates = (settings.BASE_DIR / "templates").rglob("*.*")
    modules = [path for root in python_roots() for path in root.rglob("*.py")]
    found = set()
    for path in templates:
        if path.suffix in {".html", ".txt"}:
            for name, words in CALL.findall(templatize(path.read_text("utf-8"), origin=str(path))):
                found.add("\x04".join(ast.literal_eval(f"[{words}]")[: CALLS[name]]))
    for path in modules:
        found.update(messages(path.read_text("utf-8")))
    return frozenset(found)


def python_roots():
    places = [settings.BASE_DIR / name for name in FOLDERS]
    return [
        place if place.is_dir() else settings.BASE_DIR / "site" / place.name for place in places
    ]


def messages(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [item.value for item in node.args if isinstance(item, ast.Constant)]
            count = CALLS.get(name)
            if count and len(words) >= count and all(isinstance(one, str) for one in words[:count]):
                yield "\x04".join(words[:count])
