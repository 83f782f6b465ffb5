from xml.etree import ElementTree as ET

import pytest

from seo.public import changelog

pytestmark = pytest.mark.django_db


def test_the_newest_change_comes_first_and_each_has_its_place(text):
    days = [change.day for change in changelog.changes()]
    assert days == sorted(days, reverse=True)
    keys = [change.key for change in changelog.changes()]
    assert len(set(keys)) == len(keys)


def test_the_feed_leads_to_the_place_of_each_on_the_page(text):
    items = ET.fromstring(text("/changes.xml")).findall(".//item")
    page = text("/changes/")
    assert len(items) == min(len(changelog.changes()), 50)
    for item in items:
        key = item.find("link").text.rpartition("#")[2]
        assert f'id="{key}"' in page
