import json
from datetime import date, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

from seo.desk.experiments import title_tests
from seo.desk.metrics import keyword_gaps, page_metrics, search_console, search_console_api
from seo.desk.models import Query, SearchResult, TitleTest
from seo.models import Version

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def test_search_consoles_table_covers_the_days_it_is_said_to(written):
    page = written("mug", live=True).page
    text = (
        "Top pages,Clicks,Impressions,CTR,Position\n"
        'https://packshot.example/mug-photos/?x=1,12,"1,200",1%,4.5\n'
        "https://packshot.example/,5,10,50%,1\n"
    )
    brought = search_console.store_rows(
        search_console.read_rows(text, DAY, DAY + timedelta(days=27))
    )
    assert (brought.kept, brought.unknown) == (1, ["/"])
    row = SearchResult.objects.get()
    assert (row.page, row.clicks, row.impressions, row.position) == (page, 12, 1200, 4.5)
    search_console.store_rows(search_console.read_rows(text, DAY, DAY + timedelta(days=27)))
    assert SearchResult.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column for page"),
        ("page,clicks,impressions\n/x/,1,2\n", "no date"),
        ("date,page,clicks,impressions\n2026-11-01,/x/,1,2\n2026-11-02,/x/,many,2\n", "Line 3"),
    ],
)
def test_a_table_that_is_none_says_where(text, said):
    with pytest.raises(search_console.UnreadableError, match=said):
        search_console.read_rows(text)


def test_days_go_before_a_table_that_covers_many(written):
    page = written("mug", live=True).page
    for first, last, clicks in ((DAY, DAY, 1), (DAY, DAY + timedelta(days=6), 99)):
        SearchResult.objects.create(
            page=page, first=first, last=last, clicks=clicks, impressions=100, position=3
        )
    found = page_metrics.searched(DAY, DAY + timedelta(days=6))
    assert found[page.pk][:2] == (1, 100)


def test_the_api_is_asked_with_a_signed_assertion_and_its_rows_are_kept(
    written, settings, tmp_path
):
    page = written("mug", live=True).page
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path / "key.json"
    told = {"client_email": "desk@example", "token_uri": "https://oauth.example/token"}
    file.write_text(json.dumps(told | {"private_key": pem.decode()}))
    settings.SEARCH_CONSOLE_KEY, settings.SEARCH_CONSOLE_SITE = (
        str(file),
        "sc-domain:packshot.example",
    )

    def answer(request):
        if request.url.host == "oauth.example":
            assert b"assertion=ey" in request.content
            return httpx.Response(200, json={"access_token": "t"})
        assert request.headers["Authorization"] == "Bearer t"
        assert b"sc-domain%3Apackshot.example" in request.url.raw_path
        address = "https://packshot.example/mug-photos/"
        row = {"keys": ["2026-11-01", address], "clicks": 3, "impressions": 90, "position": 5.5}
        return httpx.Response(200, json={"rows": [row]})

    brought = search_console_api.fetch_rows(httpx.Client(transport=httpx.MockTransport(answer)))
    assert brought.kept == 1
    assert SearchResult.objects.get(page=page, first=DAY, last=DAY).clicks == 3
    refused = httpx.MockTransport(lambda _: httpx.Response(403))
    assert search_console_api.fetch_rows(httpx.Client(transport=refused)) is None


def test_without_a_key_nobody_is_asked():
    assert search_console_api.fetch_rows() is None


@pytest.fixture
def pages(written):
    """Four live pages and how they were searched before today."""
    today = timezone.now().date()
    versions = [written(topic, live=True) for topic in ("mug", "shoe", "lamp", "ring")]
    for version in versions:
        for back in range(1, 8):
            day = today - timedelta(days=back)
            SearchResult.objects.create(
                page=version.page, first=day, last=day, clicks=5, impressions=100, position=4
            )
    return [version.page for version in versions]


def begun(pages, **words):
    trial = TitleTest(name="Numbers", idea="They are read.", locale="en", author="Mark", **words)
    found = page_metrics.metrics_by_page(timezone.now().date(), 28)
    title_tests.draw_pairs(trial, [title_tests.Candidate(page, one) for page, one in found.items()])
    return trial


def test_comparable_pages_are_paired_and_the_lot_is_drawn_once(pages):
    trial = begun(pages)
    pairs = list(trial.pairs.values_list("changed", "control"))
    assert sorted(page for pair in pairs for page in pair) == sorted(page.pk for page in pages)
    candidates = [
        title_tests.Candidate(page, one)
        for page, one in page_metrics.metrics_by_page(timezone.now().date(), 28).items()
    ]
    drawn = {tuple(title_tests.paired(candidates, seed)) for seed in range(20)}
    assert title_tests.paired(candidates, 1) == title_tests.paired(candidates, 1)
    assert len(drawn) > 1
    assert title_tests.busy_pages() == {page.pk for page in pages}


def test_all_titles_go_live_at_one_time_or_none(pages):
    trial = begun(pages)
    titles = ["Cut out your photo in two seconds", "W" * 60]
    for pair, title in zip(trial.pairs.all(), titles, strict=True):
        trial.pairs.filter(pk=pair.pk).update(title=title)
    refused = title_tests.start_title_test(trial, "Lena")
    assert [one.findings[0].id for one in refused] == ["title-width"]
    assert Version.objects.count() == 4
    trial.pairs.filter(title="W" * 60).update(title="Have your photo cut out at once")
    assert title_tests.start_title_test(trial, "Lena") == []
    trial.refresh_from_db()
    live = Version.objects.filter(pk__in=trial.pairs.values("version"))
    assert {version.publish_at for version in live} == {trial.started}
    assert {version.reviewer for version in live} == {"Lena"}


def test_a_test_is_read_against_its_controls(pages):
    trial = begun(pages, days=7)
    trial.pairs.update(title="Cut out your photo in two seconds")
    start = timezone.now() - timedelta(days=15)
    for pair in trial.pairs.all():
        trial.pairs.filter(pk=pair.pk).update(version=pair.changed.versions.get())
        for page, clicks in ((pair.changed, 20), (pair.control, 10)):
            for back in range(-7, 10):
                day = start.date() + timedelta(days=back)
                SearchResult.objects.update_or_create(
                    page=page, first=day, last=day,
                    defaults={"clicks": clicks if back > 2 else 10, "impressions": 200, "position": 4},
                )  # fmt: skip
    TitleTest.objects.filter(pk=trial.pk).update(started=start)
    trial.refresh_from_db()
    reading, read = title_tests.read_title_test(trial)
    assert len(read) == 2
    assert reading.effect == pytest.approx(1, abs=0.1)
    assert reading.verdict == "better"
    assert title_tests.is_test_over(trial)
    assert title_tests.busy_pages() == set()


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
