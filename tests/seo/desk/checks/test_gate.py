import pytest
from django.utils import timezone

from seo.desk.checks import gate
from seo.desk.models import SourceLink
from seo.models import Version

pytestmark = pytest.mark.django_db


def test_a_page_with_everything_passes(blocking, written):
    assert blocking(written("mug")) == set()


def test_every_demand_that_is_not_met_says_why_and_what_to_do(written):
    version = Version(page=written("mug").page, reviewer="", author="Mark", title="", h1="")
    version.lead = version.description = ""
    unmet = [one for one in gate.examine_version(version, gate.Around.of("en")) if not one.met]
    assert {"words", "title-width", "description-width", "samples", "review"} <= {
        o.id for o in unmet
    }
    assert all(one.name and one.reason and one.mend for one in unmet)


def test_a_source_that_does_not_answer_is_held_back(blocking, written):
    fact = {
        "text": "White is asked for.",
        "source": "https://a.example/rules",
        "date": "2026-11-01",
    }
    version = written("mug", facts=[fact])
    assert "links" not in blocking(version)
    SourceLink.objects.create(address=fact["source"], trouble="unreachable", checked=timezone.now())
    assert "links" in blocking(version)
