"""Contract 1.4 and 1.5: result headers and the rate (checks 49–63). 56 says itself: do not test."""

import io
import time
import zipfile

import pytest
from django.test import Client
from PIL import Image

from billing.accounts import api_keys
from billing.models import ApiKey, Hold
from tests.tools.web.removebg.conftest import packed, picture
from tools.web.removebg import ordering

RATE = [f"X-RateLimit-{name}" for name in ("Limit", "Remaining", "Reset")]


def said(answer, *names):
    return [int(answer.headers[name]) for name in names]


def test_049_width_and_height_are_the_pictures(answer_to, call, large):
    for answer in (answer_to(), call(image_file=large), answer_to(crop="true")):
        assert said(answer, "X-Width", "X-Height") == list(answer.size)
    archive = answer_to(format="zip")
    with zipfile.ZipFile(io.BytesIO(archive.data)) as parts:
        for name in ("color.jpg", "alpha.png"):
            part = Image.open(io.BytesIO(parts.read(name)))
            assert said(archive, "X-Width", "X-Height") == list(part.size)


def test_050_the_largest_size_is_the_inputs(answer_to, call, large):
    assert said(answer_to(), "X-Max-Width", "X-Max-Height") == [500, 333]
    assert said(call(image_file=large), "X-Max-Width", "X-Max-Height") == [2400, 1600]


def test_051_a_type_is_told(answer_to):
    assert answer_to().headers["X-Type"] in {"person", "product", "animal", "car", "other"}
    assert answer_to(type="person").headers["X-Type"] == "person"


def test_052_no_level_no_type(answer_to):
    assert "X-Type" not in answer_to(type_level="none").headers


def test_053_a_finer_level_may_say_more(answer_to):
    assert answer_to(type_level="2", type="graphic").headers["X-Type"] == "graphics"
    assert (
        answer_to(type_level="latest", type="transportation").headers["X-Type"] == "transportation"
    )
    assert answer_to(type="graphic").headers["X-Type"] == "other"


def test_054_the_foreground_is_where_its_pixels_are(answer_to):
    names = [f"X-Foreground-{side}" for side in ("Top", "Left", "Width", "Height")]
    top, left, width, height = said(answer_to(), *names)
    box = answer_to().image.getchannel("A").point(lambda value: 255 * (value >= 16)).getbbox()
    assert (left, top, left + width, top + height) == box
    data = answer_to("application/json").json["data"]
    twins = [data[f"foreground_{side}"] for side in ("top", "left", "width", "height")]
    assert twins == [top, left, width, height]


def test_055_the_rate_is_told_with_pictures_and_not_with_refusals(answer_to, call, person):
    assert all(name in answer_to().headers for name in RATE)
    for refused in (call(image_file=person, size="huge"), call(http={"X-Api-Key": "wrong"})):
        assert not [name for name in RATE if name in refused.headers]


def test_057_the_first_call_opens_a_minute(call, person):
    begun = int(time.time())
    first = call(image_file=person)
    limit, remaining, reset = said(first, *RATE)
    assert (limit, remaining) == (500, 499)
    assert begun + 60 <= reset <= int(time.time()) + 60
    second = call(image_file=person, tag="another")
    assert said(second, *RATE) == [500, 498, reset]


def test_058_less_than_a_megapixel_is_one_unit(call, person):
    call(image_file=person)
    answer = call(image_file=packed(picture(720, 1080)))
    assert said(answer, "X-RateLimit-Remaining") == [498]


@pytest.mark.parametrize(
    ("width", "height", "units"),
    [(1600, 1200, 2), (2500, 1600, 4), (6250, 4000, 25), (10000, 5000, 50), (10, 10, 1)],
)
def test_059_more_megapixels_are_more_units(width, height, units):
    assert ordering.count_units(width, height) == units


def test_059_units_are_counted_by_what_came_in(call, large):
    assert said(call(image_file=large), "X-RateLimit-Remaining") == [496]


def test_060_what_came_to_nothing_costs_no_unit(call, person):
    call(image_file=person)
    assert call(image_url="http://127.0.0.1:9/none.jpg").status == 400
    assert call(image_file=person, http={"X-Api-Key": "wrong"}).status == 403
    assert said(call(image_file=person, tag="x"), "X-RateLimit-Remaining") == [498]


@pytest.fixture
def spent(secret):
    """The key has no unit left in this minute."""
    key = ApiKey.objects.get()
    api_keys.take_units(key, key.rate_limit)


def test_061_without_units_it_is_429_and_costs_nothing(call, person, spent):
    answer = call(image_file=person, size="full")
    assert (answer.status, answer.title) == (429, "Rate limit exceeded")
    assert answer.code == "rate_limit_exceeded"
    assert said(answer, *RATE[:2]) == [500, 0]
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert not Hold.objects.exists()


def test_062_every_429_says_when_to_come_back(call, person, spent, secret, worker):
    assert call(image_file=person).headers["Retry-After"].isdecimal()
    ApiKey.objects.update(minute_units=0)
    worker.is_away = True
    late = call(image_file=person)
    assert (late.status, late.headers["Retry-After"].isdecimal()) == (429, True)


def test_063_how_to_wait_is_documented(db):
    page = " ".join(Client().get("/api/migrate/").content.decode().split())
    assert "Retry-After" in page
    assert "back off" in page
