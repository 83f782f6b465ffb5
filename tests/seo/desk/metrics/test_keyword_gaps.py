import pytest

from seo.desk.metrics import keyword_gaps
from seo.desk.models import Query

pytestmark = pytest.mark.django_db


LIST = """query,volume
white background for etsy photos,900
etsy photos with white background,300
How do I get a white background for Etsy photos?,50
cut out mug photos,700
remove watermark from photo,100
"""


def test_queries_that_want_the_same_are_one_page_not_yet_written(written):
    intent = written("mug").page.intent
    intent.synonyms = ["cut out mug photos"]
    intent.save()
    assert keyword_gaps.store_queries(keyword_gaps.read_queries(LIST), "en", "a list") == 5
    found = keyword_gaps.list_unwritten("en")
    assert [(one.name, len(one.queries), one.questions) for one in found] == [
        ("white background for etsy photos", 3, 1),
        ("remove watermark from photo", 1, 0),
    ]
    assert Query.objects.get(text="cut out mug photos").intent == intent
    assert keyword_gaps.store_queries(keyword_gaps.read_queries(LIST), "en", "again") == 0
    keyword_gaps.dismiss_gap(found[1].number)
    assert len(keyword_gaps.list_unwritten()) == 1


def test_chinese_queries_are_put_together_too():
    keyword_gaps.store_queries(
        keyword_gaps.read_queries("商品图白底\n商品图 白底\n老照片修复\n"), "zh-hans", ""
    )
    assert [len(one.queries) for one in keyword_gaps.list_unwritten()] == [2, 1]


def test_a_list_with_a_bad_line_names_it():
    with pytest.raises(keyword_gaps.UnreadableError, match="Line 3"):
        keyword_gaps.read_queries("query,volume\na photo,3\nb photo,many\n")
