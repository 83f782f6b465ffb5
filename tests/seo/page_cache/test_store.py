import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from seo.models import Version
from tools.models import Rating

pytestmark = pytest.mark.django_db


def test_a_kept_page_sets_no_cookie_and_varies_by_nothing_personal(client, write):
    write()
    for _ in range(2):
        page = client.get("/cut-mugs/")
        assert not page.cookies
        assert page["Vary"] == "Accept-Encoding"
        assert page["Cache-Control"].startswith("public")


def test_who_has_the_page_gets_304(client, write):
    write()
    tag = client.get("/cut-mugs/")["ETag"]
    again = client.get("/cut-mugs/", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_packed_and_plain_are_one_page(client, write):
    write()
    plain = client.get("/cut-mugs/").content
    packed = client.get("/cut-mugs/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain


def test_a_warm_page_costs_one_query(client, write, django_assert_num_queries):
    write()
    client.get("/cut-mugs/")
    with django_assert_num_queries(1):
        client.get("/cut-mugs/")


@pytest.mark.parametrize("change", ["save", "update", "delete", "sibling", "rating"])
def test_whatever_changes_is_seen_at_once(text, write, visitor, change):
    version = write()
    before = text("/cut-mugs/")
    if change == "save":
        version.h1 = "Another heading"
        version.save()
    elif change == "update":
        Version.objects.update(h1="Another heading")
    elif change == "delete":
        version.delete()
    elif change == "sibling":
        write("cut-bowls")
    else:
        Rating.objects.create(visitor=visitor, tool="remove-background", stars=4)
    assert text("/cut-mugs/") != before


def test_a_scheduled_version_shows_when_its_time_has_come(text, write, monkeypatch):
    write()
    write(h1="Tomorrow's heading", publish_at=timezone.now() + timedelta(days=1))
    assert "Tomorrow" not in text("/cut-mugs/")
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Tomorrow" in text("/cut-mugs/")


def test_a_query_is_never_kept(text, write):
    write(tool="add-background")
    assert 'value="wood-oak" checked' in text("/cut-mugs/?background=scene&scene=wood-oak")
    assert 'value="wood-oak" checked' not in text("/cut-mugs/")
