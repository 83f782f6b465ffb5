import gettext
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext's msgfmt")
@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_is_written(catalogue, tmp_path):
    made = tmp_path / "made.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", made, catalogue], check=True)
    assert told(made) == told(catalogue.with_suffix(".mo"))


def told(path):
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog
