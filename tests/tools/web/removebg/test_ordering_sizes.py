"""Contract 1.3: sizes and credits (checks 34–48)."""

from datetime import timedelta

import pytest

from billing.credits import holds
from billing.models import Hold
from tests.tools.web.removebg.conftest import packed, picture
from tools.models import Attempt
from tools.web.removebg import ordering


@pytest.fixture
def left(account):
    """The credits that the account has, and those that are held."""

    def left():
        account.refresh_from_db()
        return account.available, account.held

    return left


@pytest.fixture
def broke(account):
    """The account has nothing left."""
    holds.hold_credits(account, 100, "all", lease=timedelta(hours=1))
    holds.capture_hold("all")


def test_034_without_a_size_it_is_a_preview(call, large):
    answer = call(image_file=large)
    assert answer.size == (612, 408)
    assert answer.headers["X-Credits-Charged"] == "0.25"
    assert (answer.headers["X-Max-Width"], answer.headers["X-Max-Height"]) == ("2400", "1600")


def test_035_small_and_regular_are_previews(answer_to):
    assert {answer_to(size=size).data for size in ("small", "regular", "preview")} == {
        answer_to().data
    }


@pytest.mark.parametrize("size", ["preview", "medium", "hd", "4k", "full", "50MP", "auto"])
def test_036_nothing_is_enlarged(answer_to, size):
    assert answer_to(size=size).size == (500, 333)


def test_037_auto_charges_a_quarter_for_a_small_picture(answer_to):
    assert answer_to(size="auto").headers["X-Credits-Charged"] == "0.25"


def test_038_auto_charges_one_for_a_larger_one_at_its_full_size(call, left):
    answer = call(image_file=packed(picture(720, 1080)), size="auto")
    assert answer.size == (720, 1080)
    assert answer.headers["X-Credits-Charged"] == "1"
    assert left() == (99, 0)


def test_039_auto_without_credits_is_a_free_preview(call, broke, settings):
    settings.BILLING_LIMITS = {"free_previews_a_month": 5}
    answer = call(image_file=packed(picture(720, 1080)), size="auto")
    assert answer.status == 200
    assert answer.image.width * answer.image.height <= 251_000
    assert answer.headers["X-Credits-Charged"] == "0"


@pytest.mark.parametrize(
    ("size", "megapixels"), [("medium", 1.5), ("hd", 4), ("full", 25), ("4k", 25), ("50MP", 50)]
)
def test_040_each_size_has_its_cap(size, megapixels):
    width, height = ordering.find_sizes(size, "jpg", 9000, 6000).result
    assert width * height == pytest.approx(megapixels * 1e6, rel=1e-3)
    assert width / height == pytest.approx(1.5, rel=1e-3)


def test_040_a_cap_is_kept_in_the_picture(call, large, left):
    answer = call(image_file=large, size="medium", format="jpg")
    assert answer.size == (1500, 1000)
    assert answer.headers["X-Credits-Charged"] == "1"
    assert left() == (99, 0)


def test_041_png_stops_at_ten_megapixels():
    # As it was recorded of 5184 by 3456.
    for size in ("full", "50MP"):
        assert ordering.find_sizes(size, "png", 5184, 3456).result == (3873, 2582)
    assert ordering.find_sizes("full", "zip", 5184, 3456).result == (5184, 3456)


def test_042_auto_stops_at_25_megapixels():
    size = ordering.choose_size("auto", 8000, 5000, can_pay=True)
    width, height = ordering.find_sizes(size, "jpg", 8000, 5000).result
    assert width * height == pytest.approx(25e6, rel=1e-3)


def test_043_an_unknown_size_is_refused(call, person):
    answer = call(image_file=person, size="huge")
    assert (answer.status, answer.code) == (400, "invalid_size")


def test_044_charges_are_written_as_they_were(answer_to):
    charged = {answer_to(size=size).headers["X-Credits-Charged"] for size in ("preview", "full")}
    assert charged == {"0.25", "1"}


def test_045_what_is_refused_costs_nothing(call, person, left):
    refused = [
        call(image_file=person, size="full", **{name: "nonsense"}) for name in ("roi", "scale")
    ]
    refused += [call(size="full"), call(image_file=b"GIF", size="full")]
    assert [answer.status for answer in refused] == [400] * 4
    assert left() == (100, 0)
    assert not Attempt.objects.exists()


def test_046_what_is_done_with_it_does_not_change_the_charge(answer_to):
    asked = (
        {"crop": "true"},
        {"bg_color": "fff"},
        {"shadow_type": "drop"},
        {"format": "zip"},
        {"format": "webp"},
    )
    assert {answer_to(**fields).headers["X-Credits-Charged"] for fields in asked} == {"0.25"}


def test_047_without_credits_it_is_402_in_two_words(call, person, broke):
    for size in ("full", "preview"):
        answer = call(image_file=person, size=size)
        assert answer.status == 402
        said = [("title", "Insufficient credits"), ("code", "insufficient_credits")]
        assert list(answer.json["errors"][0].items()) == said


def test_048_the_same_picture_asked_for_anew_is_charged_anew(call, person, clock_of_calls, left):
    call(image_file=person, size="full")
    clock_of_calls.passes(61)
    call(image_file=person, size="full")
    assert left() == (98, 0)
    assert Hold.objects.filter(state="captured").count() == 2
