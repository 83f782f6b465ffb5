import pytest
from django.utils import timezone

from tools.attempts import lifecycle
from tools.models import Export, Job, Rating

TOOL = "remove-background"


@pytest.fixture
def attempt(photo):
    return lifecycle.start_attempt(photo, TOOL, {})


@pytest.fixture
def file(attempt):
    """A download of the attempt's that is made."""
    from tools.storage import files

    files.write_file("exports/one.png", b"PNG")
    return Export.objects.create(
        attempt=attempt, format="png", wish="1", file="exports/one.png", status=Job.Status.DONE
    )


@pytest.fixture
def rate(browser, attempt):
    def rate(stars=5, words="", **options):
        given = {"attempt": attempt.pk, "stars": stars, "words": words, **options}
        return browser.post("/ratings/", given)

    return rate


def download(browser, file):
    answer = browser.get(f"/exports/{file.pk}/file/")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    file.refresh_from_db()
    return content


def test_after_a_download_a_rating_is_kept(browser, file, rate, visitor):
    assert download(browser, file) == b"PNG"
    assert rate(4, "Hair was perfect", locale="en").status_code == 201
    made = Rating.objects.get()
    assert (made.visitor, made.tool, made.stars) == (visitor, TOOL, 4)
    assert made.words == "Hair was perfect"


def test_before_a_download_it_is_refused_in_words(file, rate):
    answer = rate()
    assert (answer.status_code, answer.json()["error"]) == (403, "not-downloaded")
    assert answer.json()["words"]
    assert not Rating.objects.exists()


def test_the_time_of_the_first_download_stays(browser, file):
    download(browser, file)
    first = file.downloaded
    download(browser, file)
    assert file.downloaded == first


def test_a_later_rating_takes_the_place_of_an_earlier_one(file, rate):
    Export.objects.update(downloaded=timezone.now())
    rate(2)
    rate(5)
    assert Rating.objects.get().stars == 5


@pytest.mark.parametrize(
    "given", [{"stars": 0}, {"stars": 6}, {"stars": ""}, {"words": "x" * 1001}]
)
def test_what_is_no_rating_is_refused(file, rate, given):
    Export.objects.update(downloaded=timezone.now())
    assert rate(**given).status_code == 422
    assert not Rating.objects.exists()


@pytest.mark.parametrize("attempt_id", ["", "not an id", "00000000-0000-0000-0000-000000000000"])
def test_nothing_is_rated_without_an_attempt_of_ones_own(browser, file, rate, attempt_id):
    Export.objects.update(downloaded=timezone.now())
    assert rate(attempt=attempt_id).status_code == 404
    browser.cookies.clear()
    assert rate().status_code == 404
