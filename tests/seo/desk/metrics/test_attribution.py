import pytest
from django.utils import timezone

from seo.desk.metrics import attribution, daily_rollup
from seo.desk.models import PageDay
from tools.analytics import page_events
from tools.models import PageEvent

pytestmark = pytest.mark.django_db


def test_a_sign_up_is_told_of_the_page_the_visit_saw_last(happened, rf):
    request = rf.get("/", HTTP_USER_AGENT="a browser")
    visit = page_events.hash_visit("127.0.0.1", "a browser", timezone.now().date())
    attribution.signed_up(request)
    assert not PageEvent.objects.filter(event="sign_up").exists()
    page = happened(visit, ("tool_view", {}))
    attribution.signed_up(request)
    attribution.note(request, "credits_bought", value=50.0, label="cs:1")
    attribution.note(request, "credits_bought", value=50.0, label="cs:1")
    daily_rollup.count_day(timezone.now().date())
    row = PageDay.objects.get(page=page)
    assert (row.sign_ups, row.credits) == (1, 50)
