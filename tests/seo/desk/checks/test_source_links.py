from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.checks import source_links
from seo.desk.models import SourceLink
from tools.errors import UnreachableError
from tools.fetch import http
from tools.pipeline.intake.errors import TooManyBytesError

pytestmark = pytest.mark.django_db
GOOD, LONG, GONE = (f"https://{name}.example/rules" for name in ("good", "long", "gone"))


@pytest.fixture
def asked(monkeypatch):
    found = []

    def download(address, *_, **__):
        found.append(address)
        if address == GONE:
            raise UnreachableError
        if address == LONG:
            raise TooManyBytesError

    monkeypatch.setattr(http, "download_url", download)
    return found


def fact(source):
    return {"text": "White is asked for.", "source": source, "date": "2026-11-01"}


def test_sources_are_written_down_once_and_asked_within_a_week(written, settings, asked):
    settings.FETCH = True
    version = written("mug", facts=[fact(GOOD), fact(GONE), fact(LONG), fact(f" {GOOD}"), fact("")])
    assert source_links.remember_links([version])
    source_links.check_links()
    assert sorted(asked) == [GONE, GOOD, LONG]
    troubles = dict(SourceLink.objects.values_list("address", "trouble"))
    assert (troubles[GOOD], troubles[LONG]) == ("", "")
    assert troubles[GONE] == UnreachableError.id
    assert not source_links.remember_links([version])
    SourceLink.objects.update(checked=timezone.now() - timedelta(days=8))
    source_links.check_links()
    assert len(asked) == 6


def test_a_server_that_fetches_nothing_asks_nobody(written, settings):
    settings.FETCH = False
    assert not source_links.remember_links([written("mug", facts=[fact(GOOD)])])
    assert SourceLink.objects.get().checked is None
