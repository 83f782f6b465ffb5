from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tools.models import Archive, Attempt, Export, Fetch, Photo, ShareLink
from tools.photos import uploads
from tools.web import beside_attempts, serializers

MANY = 15


@pytest.fixture
def full(photo):
    """Give a photo so many attempts of every kind: queued, done, shared, with files, on a picture."""

    def full(count, of=photo):
        picture = {"digest": of.digest, "width": 160, "height": 160}
        for at in range(count):
            done = Attempt.objects.create(
                photo=of, tool="add-background", status="done", preview="x", price=1,
                params={"picture": picture, "stand": {**picture, "digest": f"gone {at}"}},
            )  # fmt: skip
            Attempt.objects.create(photo=of, tool="remove-background", status="queued", params={})
            export = Export.objects.create(attempt=done, format="png", wish=str(at), status="done")
            expires = timezone.now() + timedelta(hours=1)
            ShareLink.objects.create(attempt=done, expires=expires)
            Archive.objects.create(photo=of, wish=str(at)).exports.add(export)

    return full


@pytest.fixture
def asked(visitor):
    """How many queries a look at all of the visitor's photos takes, and what is seen."""

    def asked():
        with CaptureQueriesContext(connection) as queries:
            seen = serializers.photos_with_attempts(uploads.list_photos(visitor))
        return len(queries), seen

    return asked


def test_the_look_at_many_attempts_asks_as_often_as_the_look_at_one(full, asked):
    full(1)
    asked()  # patterns of addresses and templates of words are found once
    one, seen = asked()
    assert len(seen[0]["attempts"]) == 2
    Attempt.objects.all().delete()
    Archive.objects.all().delete()
    full(MANY)
    many, seen = asked()
    assert len(seen[0]["attempts"]) == 2 * MANY
    assert many == one


def test_many_photos_ask_as_often_as_one(full, asked, visitor, photo):
    Photo.objects.update(state="received", incoming="")
    Fetch.objects.create(photo=photo, address="https://shop.example/mug.png")
    full(1)
    one, _ = asked()
    for _ in range(MANY - 1):
        other = Photo.objects.create(
            visitor=visitor, name="mug.png", expires=photo.expires, digest=photo.digest
        )
        Fetch.objects.create(photo=other, address="https://shop.example/mug.png")
        full(1, of=other)
    many, seen = asked()
    assert len(seen) == MANY
    assert many == one


def test_serializing_itself_asks_nothing(full, photo, django_assert_num_queries):
    full(MANY)
    row = Photo.objects.get(pk=photo.pk)
    beside_attempts.load_rows([row])
    beside = beside_attempts.look_up_beside(list(row.attempts.all()))
    with django_assert_num_queries(0):
        serializers.serialize_photo_and_attempts(row, beside)


def test_one_photo_is_looked_at_by_as_many_queries_however_often_it_was_tried(full, browser, photo):
    counts = []
    for more in (1, MANY):
        Attempt.objects.all().delete()
        Archive.objects.all().delete()
        full(more)
        browser.get(f"/photos/{photo.pk}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/photos/{photo.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_picture_is_named_by_the_newest_photo_with_its_pixels_and_of_nobody_else(
    full, photo, visitor, upload
):
    full(1)
    Photo.objects.create(
        visitor=visitor, name="again.png", expires=photo.expires, digest=photo.digest
    )
    newest = Photo.objects.order_by("-created").first()
    done = Attempt.objects.get(status="done")
    said = serializers.serialize_attempt(done)
    assert said["params"] == {"picture": str(newest.pk), "stand": None}
    Photo.objects.exclude(pk=photo.pk).delete()
    assert serializers.serialize_attempt(done)["params"]["picture"] == str(photo.pk)


def test_the_place_of_each_that_waits_counts_all_that_wait(full, photo):
    full(3)
    row = Photo.objects.get(pk=photo.pk)
    waiting = [one for one in serializers.photo_with_attempts(row)["attempts"] if one["place"]]
    assert [one["place"] for one in waiting] == [1, 2, 3]
    assert {one["status"] for one in waiting} == {"queued"}
