import pytest
from django.core.management import call_command

from seo import starter_pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("made", "said"), [(3, "3 pages loaded\n"), (0, "")])
def test_the_command_says_how_many_pages_it_loaded(monkeypatch, capsys, tmp_path, made, said):
    asked = []
    monkeypatch.setattr(starter_pages, "load_pages", lambda folder: asked.append(folder) or made)
    call_command("load_pages")
    call_command("load_pages", str(tmp_path))
    assert asked == [starter_pages.STARTER, tmp_path]
    assert capsys.readouterr().out == said * 2
