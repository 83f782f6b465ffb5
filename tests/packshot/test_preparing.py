"""What is made ready before the site starts, and when it is made anew."""

import pytest

from foundation import static_storage
from packshot import preparing


@pytest.fixture
def sheet(settings, tmp_path):
    """The only static file of a site, and where it is collected to, collected once."""
    source, root = tmp_path / "source", tmp_path / "static"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = root
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    preparing.static_files()
    assert (root / "a.css").read_text() == "a {}"
    return root / "a.css"


def test_static_files_are_collected_once(sheet):
    sheet.unlink()
    preparing.static_files()
    assert not sheet.exists()


def test_a_new_file_leaves_the_others_as_they_are(sheet, tmp_path):
    sheet.write_text("a{}")
    (tmp_path / "source/b.css").write_text("b {}")
    preparing.static_files()
    assert sheet.with_name("b.css").exists()
    assert sheet.read_text() == "a{}"


def test_all_are_written_anew_when_they_are_written_in_another_way(sheet, tmp_path, monkeypatch):
    sheet.write_text("a{}")
    changed = tmp_path / "static.py"
    changed.write_text("# another way")
    monkeypatch.setattr(static_storage, "__file__", str(changed))
    preparing.static_files()
    assert sheet.read_text() == "a {}"
