"""What attempts cost, and what becomes of a result whose credits went back."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from billing import prices
from billing.accounts import payers
from billing.models import Hold
from tools.definition import registry
from tools.models import Archive, Attempt, Export, Job
from tools.queue import leases
from tools.rendering import ingest
from tools.web import settings_panel
from tools.workers import cpu, reaper

TOOL = "remove-background"


@pytest.fixture
def tried(browser, photo, says):
    """Run the tool on the photo as the browser asks for it; the finished attempt."""

    def tried(**settings):
        asked = browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk), **settings})
        cpu.work_once()
        return says(browser.get(says(asked)["url"]))

    return tried


@pytest.fixture
def file_of(browser, says):
    """Have the full size made and download it; the answer to the one, the status of the other."""

    def file_of(attempt):
        ordered = browser.post(f"{attempt['url']}exports/", {"format": "png"})
        while Export.objects.filter(status__in=Job.OPEN).exists():
            cpu.work_once()
        made = Export.objects.filter(attempt=attempt["id"]).first()
        return ordered, status(browser, f"/exports/{made.pk}/file/") if made else None

    return file_of


def status(browser, url):
    answer = browser.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def left(browser, says):
    return says(browser.get("/account/balance/"))["available"]


def back(browser, attempt):
    return browser.post("/account/credits-back/", {"attempt": attempt["id"], "reason": "edges"})


def test_the_built_in_engine_is_paid_for_once_a_photo(browser, tried, says):
    assert (tried()["credits"], left(browser, says)) == (1, 9)
    assert (tried(softness="0.9")["credits"], left(browser, says)) == (0, 9)


def test_a_result_that_went_back_is_not_to_be_had_at_full_size(browser, tried, file_of, says):
    attempt = tried()
    ordered, file = file_of(attempt)
    assert (ordered.status_code, file) == (201, 200)
    assert says(browser.get(attempt["url"]))["given_back"] is False
    back(browser, attempt)
    ordered, file = file_of(attempt)
    assert (ordered.status_code, file) == (410, 410)
    assert says(ordered)["error"] == "given-back"
    assert says(browser.get(attempt["url"]))["given_back"] is True
    assert status(browser, attempt["preview"]) == 200


def test_who_has_their_credits_back_pays_for_the_next_try(browser, tried, says):
    back(browser, tried())
    assert left(browser, says) == 10
    assert (tried()["credits"], left(browser, says)) == (1, 9)


def test_what_was_free_after_a_result_goes_back_with_it(browser, tried, file_of, says):
    paid, free = tried(), tried(softness="0.9")
    back(browser, paid)
    assert file_of(free)[0].status_code == 410
    again = tried(softness="0.3")
    assert again["credits"] == 1
    assert file_of(again)[0].status_code == 201
    # What it was free because of is stored: another that was paid for does not bring it back.
    assert file_of(free)[0].status_code == 410


def test_no_archive_and_no_link_lets_it_out(browser, tried, photo, says):
    attempt = tried()
    browser.post(f"{attempt['url']}favourite/", {"on": "1"})
    shared = says(browser.post(f"{attempt['url']}share/", {"download": "1"}))["url"]
    browser.post(f"/photos/{photo.pk}/zip/", {"format": "png"})
    while Archive.objects.filter(status__in=Job.OPEN).exists():
        cpu.work_once()
    archive = f"/archives/{Archive.objects.get().pk}/file/"
    assert [status(browser, url) for url in (archive, f"{shared}file/")] == [200, 200]
    back(browser, attempt)
    assert [status(browser, url) for url in (archive, f"{shared}file/")] == [410, 404]
    assert browser.post(f"/photos/{photo.pk}/zip/", {"format": "png"}).status_code == 410
    assert browser.get(shared).status_code == 200


def test_what_an_engine_costs_is_said_from_the_price_list():
    tool = registry.get_tool(TOOL)
    said = settings_panel.settings_context(tool)["engines"]
    assert {item["name"] for item in said} >= {prices.EMBEDDED}
    assert all(
        item["credits"] == prices.find_rate(TOOL, item["kind"], item["name"]).run for item in said
    )


def test_a_cancelled_attempt_costs_nothing(browser, photo, says):
    asked = says(browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)}))
    assert left(browser, says) == 9
    browser.post(f"{asked['url']}cancel/")
    assert left(browser, says) == 10


def test_without_credits_nothing_starts_and_the_words_say_what_is_missing(
    browser, photo, says, settings
):
    settings.BILLING_LIMITS = {"free_a_visitor": 1}
    photo.width, photo.height = 3000, 2000
    photo.save()
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)})
    assert (answer.status_code, says(answer)["error"]) == (402, "out-of-credits")
    assert "costs 2 credits" in says(answer)["words"]
    assert "you have 1" in says(answer)["words"]
    assert not Attempt.objects.exists()


def test_a_price_that_cannot_be_paid_says_so_before_the_click(browser, photo, says, settings):
    settings.BILLING_LIMITS = {"free_a_visitor": 1}
    photo.width, photo.height = 3000, 2000
    photo.save()
    quote = says(browser.get(f"/tools/{TOOL}/quote/", {"photo": str(photo.pk)}))
    assert quote["words"].startswith("2 credits, you have 1 ·")


def test_a_cap_that_is_reached_is_said_with_its_numbers(browser, photo, says, visitor):
    account = payers.account_of_visitor(visitor)
    account.monthly_cap = 0
    account.save()
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)})
    assert (answer.status_code, says(answer)["error"]) == (402, "cap-reached")
    assert "limit of 0 credits" in says(answer)["words"]
    assert left(browser, says) == 10
    assert not Hold.objects.exists()


def test_of_several_that_find_it_lost_none_takes_the_money_from_what_goes_on(
    browser, photo, says, monkeypatch
):
    asked = says(browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)}))
    leases.claim_job(Attempt.objects.all())
    Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    lost = list(leases.list_lapsed(Attempt.objects.all()))
    # Each of the two has looked before the other acts.
    monkeypatch.setattr(leases, "list_lapsed", lambda rows: lost if rows.model is Attempt else [])
    reaper.reap_lapsed()
    reaper.reap_lapsed()
    cpu.work_once()
    assert says(browser.get(asked["url"]))["status"] == "done"
    assert Hold.objects.get().state == "captured"


def test_what_is_lost_for_good_costs_nothing(browser, photo, says):
    asked = says(browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)}))
    for _ in range(leases.MOST_TRIES):
        leases.claim_job(Attempt.objects.all())
        Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        reaper.reap_lapsed()
    assert says(browser.get(asked["url"]))["error"] == "worker-lost"
    assert left(browser, says) == 10


def test_going_on_from_what_is_still_made_is_paid_for_once(browser, photo, says):
    def ask(tool, **more):
        return says(browser.post("/attempts/", {"tool": tool, "photo": str(photo.pk), **more}))

    first = ask(TOOL)
    second = ask("enhance-photo", parent=first["id"])
    assert second["credits"] == first["credits"] + 1
    while Attempt.objects.filter(status__in=Job.OPEN).exists():
        cpu.work_once()
    costs = [says(browser.get(attempt["url"]))["credits"] for attempt in (first, second)]
    assert costs == [1, 1]
    assert left(browser, says) == 8


def test_going_on_from_what_is_called_off_is_paid_for_where_it_was_made(browser, photo, says):
    first = says(browser.post("/attempts/", {"tool": TOOL, "photo": str(photo.pk)}))
    asked = {"tool": "enhance-photo", "photo": str(photo.pk), "parent": first["id"]}
    second = says(browser.post("/attempts/", asked))
    browser.post(f"{first['url']}cancel/")
    cpu.work_once()
    assert says(browser.get(second["url"]))["credits"] == 2
    assert left(browser, says) == 8


def test_a_result_taken_back_and_deleted_makes_nothing_free(browser, tried, file_of):
    paid, free = tried(), tried(softness="0.9")
    back(browser, paid)
    browser.post(f"{paid['url']}delete/")
    assert file_of(free)[0].status_code == 410
    assert tried(softness="0.3")["credits"] == 1


def test_what_else_was_paid_for_frees_no_twin_of_what_was_taken_back(browser, tried, says, photo):
    paid = tried()
    asked = {"tool": "enhance-photo", "photo": str(photo.pk), "parent": paid["id"]}
    other = says(browser.post("/attempts/", asked))
    cpu.work_once()
    assert says(browser.get(other["url"]))["credits"] == 1
    back(browser, paid)
    # The other one's own work stays paid for, and the cut-out in it does not.
    assert tried()["credits"] == 1
    again = says(browser.post("/attempts/", {"tool": "enhance-photo", "photo": str(photo.pk)}))
    cpu.work_once()
    assert says(browser.get(again["url"]))["credits"] == 0


def pixels(browser, url):
    answer = browser.get(url)
    if answer.status_code != 200:
        return 0
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as picture:
        return picture.width * picture.height


def test_nothing_above_half_a_megapixel_is_reached_once_the_credits_are_back(
    browser, upload, mug, as_file, says
):
    large = mug.repeat(5, axis=0).repeat(5, axis=1)
    photo = upload(as_file(large))
    ingest.ingest_photo(photo.pk)
    asked = {"tool": "add-background", "photo": str(photo.pk)}
    attempt = says(browser.post("/attempts/", asked))
    cpu.work_once()
    attempt = says(browser.get(attempt["url"]))
    shared = says(browser.post(f"{attempt['url']}share/", {"download": "1"}))["url"]
    while Export.objects.filter(status__in=Job.OPEN).exists():
        cpu.work_once()
    layers = attempt["layers"]
    own = [attempt["preview"], layers["cut_out"], layers["behind"]]
    urls = [url for url in [*own, attempt["map"], f"{shared}after.webp", f"{shared}file/"] if url]
    assert pixels(browser, attempt["preview"]) > 500_000
    back(browser, attempt)
    assert max(pixels(browser, url) for url in urls) <= 500_000
    assert pixels(browser, f"{shared}after.webp") > 0
    assert says(browser.get(attempt["url"]))["layers"] is None
