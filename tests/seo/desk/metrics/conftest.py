import pytest
from django.utils import timezone

from tools.models import PageEvent


@pytest.fixture
def happened(written):
    """Let events happen on a page, each as (event, more)."""
    page = written("mug", live=True).page

    def happened(visit, *events, at=None, path=None):
        for event, more in events:
            PageEvent.objects.create(
                event=event, visit=visit, at=at or timezone.now(),
                page=path or page.get_absolute_url(), **more,
            )  # fmt: skip
        return page

    return happened
