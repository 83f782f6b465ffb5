import json

import pytest
from django.utils import timezone

from seo.public import indexnow

pytestmark = pytest.mark.django_db


def test_the_key_is_at_the_root(client):
    key = indexnow.own_key()
    assert client.get(f"/{key}.txt").content.decode() == key
    assert client.get("/another.txt").status_code == 404


def test_engines_are_told_once_of_what_changed(write, settings, monkeypatch):
    sent = []
    monkeypatch.setattr(indexnow, "send", sent.append)
    write("mugs")
    assert indexnow.submit_changes() == 0  # nobody could visit us
    settings.ORIGIN = "https://shop.example"
    assert (indexnow.submit_changes(), indexnow.submit_changes()) == (1, 0)
    page = write("bowls").page
    page.removed = timezone.now()
    page.save()
    assert indexnow.submit_changes() == 1
    assert sent == [["https://shop.example/mugs/"], ["https://shop.example/bowls/"]]


def test_engines_that_do_not_hear_are_told_again(write, settings, monkeypatch):
    def deaf(urls):
        raise OSError

    settings.ORIGIN = "https://shop.example"
    write()
    monkeypatch.setattr(indexnow, "send", deaf)
    with pytest.raises(OSError):  # noqa: PT011  whatever the network says
        indexnow.submit_changes()
    monkeypatch.setattr(indexnow, "send", json.dumps)
    assert indexnow.submit_changes() == 1
