import pytest
from django.db import transaction

from seo.models import KeywordPage
from seo.page_cache.edition import Edition

pytestmark = pytest.mark.django_db


def stamp():
    return Edition.objects.values_list("stamp", flat=True).get()


def test_a_change_of_many_rows_at_once_is_noticed(write):
    page = write().page
    before = stamp()
    KeywordPage.objects.filter(pk=page.pk).update(slug="other")
    after = stamp()
    KeywordPage.objects.bulk_create([KeywordPage(intent=page.intent, locale="de", slug="becher")])
    assert len({before, after, stamp()}) == 3


def test_many_changes_in_one_go_turn_it_once(write, django_assert_max_num_queries):
    page = write().page
    before = stamp()
    with Edition.turned_once():
        page.save()
        assert stamp() == before
    assert stamp() != before


def test_changes_that_were_undone_do_not_turn_it(write):
    page = write().page
    before = stamp()
    with transaction.atomic():
        with Edition.turned_once():
            page.save()
            transaction.set_rollback(True)
        assert stamp() == before
        transaction.set_rollback(False)
