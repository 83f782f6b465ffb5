import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
# One entry's words in the catalogue's language: `msgstr`, or a `msgstr[0]` for each plural.
UNWRITTEN = re.compile(r'^msgstr(?:\[\d\])? ""\n(?!")', re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+")
every_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])


@every_catalogue
def test_every_word_is_translated_and_none_only_guessed(catalogue):
    written = [entry for entry in entries(catalogue) if not entry.startswith("#~")]
    assert [entry for entry in written if UNWRITTEN.search(entry)] == []
    assert [entry for entry in written if re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE)] == []


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
