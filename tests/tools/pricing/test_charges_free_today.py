"""What is free, as visitors meet it: who shares an address, who comes late, who tries a sample."""

import pytest
from django.core.files.base import ContentFile
from django.core.signing import get_cookie_signer
from django.test import Client

from accounts.models import Visitor
from accounts.visitors import COOKIE
from billing.models import Allowance, Bucket, Entry
from tools.models import Attempt, Job, Photo
from tools.photos import uploads
from tools.rendering import ingest
from tools.workers import cpu

TOOL = "remove-background"
HERE = "203.0.113.7"


class Somebody:
    """A browser that nobody knows yet, at an address."""

    def __init__(self, address=HERE):
        self.visitor = Visitor.objects.create()
        self.client = Client(REMOTE_ADDR=address, HTTP_SEC_FETCH_SITE="same-origin")
        self.client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(self.visitor.pk))

    def brings(self, file):
        photo = uploads.receive_upload(self.visitor, ContentFile(file), name="mug.png")
        ingest.ingest_photo(photo.pk)
        photo.refresh_from_db()
        return photo

    def takes_sample(self, name="mug-on-shelf"):
        said = self.client.post("/photos/", {"sample": name}).json()
        ingest.ingest_photo(said["id"])
        return Photo.objects.get(pk=said["id"])

    def quote(self, photo, tool=TOOL):
        return self.client.get(f"/tools/{tool}/quote/", {"photo": str(photo.pk)}).json()

    def starts(self, photo, **settings):
        asked = {"tool": TOOL, "photo": str(photo.pk), **settings}
        return self.client.post("/attempts/", asked)

    @property
    def left(self):
        return self.client.get("/account/balance/").json()["available"]


@pytest.fixture
def file(mug, as_file):
    return as_file(mug)


@pytest.fixture
def ran(monkeypatch):
    """The names of the steps that each attempt has computed."""
    found = []
    monkeypatch.setattr(
        "tools.pricing.durations.learn_durations",
        lambda timings, *a, **k: found.append([step.op.name for step, _ in timings]),
    )
    return found


@pytest.mark.django_db
class TestOfANetwork:
    def test_the_hundredth_visitor_of_a_network_has_a_free_try(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_network": 20}
        last = Somebody("203.0.113.100")
        photo = last.brings(file)
        for number in range(1, 100):
            somebody = Somebody(f"203.0.113.{number}")
            Photo.objects.filter(pk=photo.pk).update(visitor=somebody.visitor)
            assert somebody.quote(photo)["words"].startswith("free, 10 left today")
        assert not Allowance.objects.exists()
        Photo.objects.filter(pk=photo.pk).update(visitor=last.visitor)
        assert last.starts(photo).status_code == 201
        assert last.left == 9

    def test_a_new_cookie_gains_nothing_and_the_words_say_why(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_visitor": 1}
        first, second = Somebody(), Somebody()
        assert first.starts(first.brings(file)).status_code == 201
        photo = second.brings(file)
        assert second.left == 0
        assert second.quote(photo)["words"].startswith("1 credit, you have 0")
        refused = second.starts(photo)
        assert (refused.status_code, refused.json()["error"]) == (402, "free-is-used-up")
        words = refused.json()["words"]
        assert "internet address" in words
        assert "Sign in and you have your own" in words
        assert "cost nothing" in words
        assert Attempt.objects.count() == 1

    def test_who_spent_it_all_is_told_of_nobody_else(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_visitor": 1}
        somebody = Somebody()
        somebody.starts(somebody.brings(file))
        other = Photo.objects.create(
            visitor=somebody.visitor,
            name="other.png",
            state=Photo.State.READY,
            digest="0" * 64,
            width=900,
            height=900,
            expires=Photo.objects.get().expires,
        )
        refused = somebody.starts(other).json()
        assert refused["error"] == "out-of-credits"
        assert "you have 0" in refused["words"]
        assert "sign in" in refused["words"]

    def test_a_network_that_is_spent_is_named_as_the_reason(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_network": 1}
        first, second = Somebody(), Somebody("203.0.113.8")
        first.starts(first.brings(file))
        words = second.starts(second.brings(file)).json()["words"]
        assert "your network" in words
        assert "Sign in" in words

    def test_what_is_called_off_is_there_for_the_next_one(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_visitor": 1}
        first, second = Somebody(), Somebody()
        asked = first.starts(first.brings(file)).json()
        first.client.post(f"{asked['url']}cancel/")
        assert second.starts(second.brings(file)).status_code == 201

    def test_without_script_the_refusal_offers_to_sign_in(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_visitor": 1}
        first, second = Somebody(), Somebody()
        first.starts(first.brings(file))
        photo = second.brings(file)
        page = second.client.post(f"/work/{TOOL}/", {"photo": str(photo.pk)})
        assert page.status_code == 422
        said = page.content.decode()
        assert "<h1>Out of credits</h1>" in said
        assert "/login/code/" in said


@pytest.mark.django_db
class TestOfASample:
    def test_a_sample_costs_nothing_even_where_nothing_is_left(self, file, settings):
        settings.BILLING_LIMITS = {"free_a_visitor": 1}
        first, second = Somebody(), Somebody()
        first.starts(first.brings(file))
        photo = second.takes_sample()
        assert second.quote(photo)["words"].startswith("free ·")
        assert second.quote(photo, "enhance-photo")["words"].startswith("free ·")
        before = Entry.objects.count()
        asked = second.starts(photo)
        assert (asked.status_code, asked.json()["credits"]) == (201, 0)
        assert Entry.objects.count() == before

    def test_a_sample_is_shown_from_what_was_computed_for_somebody_else(self, ran):
        first, second = Somebody(), Somebody("198.51.100.1")
        for somebody in (first, second):
            somebody.starts(somebody.takes_sample())
            while Attempt.objects.filter(status__in=Job.OPEN).exists():
                cpu.work_once()
        assert {"subject", "refine", "cut_out"} <= set(ran[0])
        assert not {"subject", "refine", "cut_out"} & set(ran[1])
        assert Attempt.objects.filter(status=Job.Status.DONE).count() == 2
        assert not Bucket.objects.exists()

    def test_a_photo_that_only_bears_a_samples_name_is_none(self, file):
        somebody = Somebody()
        photo = uploads.receive_upload(somebody.visitor, ContentFile(file), name="mug-on-shelf")
        assert not photo.sample
        assert somebody.quote(photo)["credits"] == 1
