"""What a delivered file claims of its pixels and its outline: the same as the marks on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.tools.credentials import jumbf
from tools.credentials import identity
from tools.models import Attempt, Check, Export, Job
from tools.pipeline.provenance import claims, verify
from tools.rendering import ingest
from tools.workers import cpu

CUT, ENHANCE = "remove-background", "enhance-photo"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_signing(settings, tmp_path_factory):
    settings.SIGNING_DIR = tmp_path_factory.mktemp("signing")


@pytest.fixture
def made(browser, says):
    """An attempt as the page hears of it, and the file that is downloaded of it."""

    def made(sample, tool=CUT, wish=None, **settings):
        photo = says(browser.post("/photos/", {"sample": sample}))
        ingest.ingest_photo(photo["id"])
        asked = says(browser.post("/attempts/", {"tool": tool, "photo": photo["id"], **settings}))
        cpu.work_once()
        attempt = says(browser.get(asked["url"]))
        assert attempt["status"] == "done", attempt["words"]
        file = says(browser.post(f"{asked['url']}exports/", {"format": "png", **(wish or {})}))
        while Export.objects.filter(status__in=Job.OPEN).exists():
            cpu.work_once()
        return attempt, b"".join(browser.get(f"/exports/{file['id']}/file/").streaming_content)

    return made


def proof_page(browser, data):
    """What the page says that takes any file."""
    sent = browser.post("/verify/", {"file": SimpleUploadedFile("file.png", data)})
    while Check.objects.filter(status__in=Job.OPEN).exists():
        cpu.work_once()
    return browser.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_file_says_of_a_sure_outline_what_the_mark_says(made, browser, kind):
    attempt, data = made("hoodie-on-parquet", wish={"format": kind})
    assert attempt["outline"]["sure"] is True
    told = jumbf.read_json(data, claims.LABEL)
    assert told["outline"] == {
        "verdict": "sure",
        "sure": True,
        "confidence": attempt["outline"]["confidence"],
        "places": 0,
    }
    assert told["pixels"]["verdict"] == "kept"
    assert told["pixels"]["identical"] == attempt["fidelity"]["identical"] == 1
    page = proof_page(browser, data)
    assert "No pixel repainted" in page
    assert "Outline: sure" in page
    assert f"how sure we were: {int(attempt['outline']['confidence'] * 100)} %" in page


def unsure(attempt_id):
    """The engine was in doubt, at two places."""
    attempt = Attempt.objects.get(pk=attempt_id)
    place = {"box": [0.1, 0.1, 0.2, 0.2], "why": "edge"}
    doubt = {"sure": False, "confidence": 0.412, "places": [place, place]}
    attempt.facts = {**attempt.facts, "subject": {**attempt.facts["subject"], "outline": doubt}}
    attempt.save(update_fields=["facts"])


def test_a_file_of_an_unsure_outline_says_so_and_its_page_never_says_sure(made, browser, says):
    attempt, _ = made("hoodie-on-parquet")
    unsure(attempt["id"])
    assert says(browser.get(attempt["url"]))["outline"]["sure"] is False
    file = says(browser.post(f"{attempt['url']}exports/", {"format": "webp"}))
    cpu.work_once()
    data = b"".join(browser.get(f"/exports/{file['id']}/file/").streaming_content)
    told = jumbf.read_json(data, claims.LABEL)["outline"]
    assert told == {"verdict": "check", "sure": False, "confidence": 0.412, "places": 2}
    page = proof_page(browser, data)
    assert "Outline: to be checked, we were not sure of it" in page
    assert "how sure we were: 41 %" in page
    assert "Outline: sure" not in page


def test_what_was_made_smaller_is_said_to_be_resized(made, browser):
    _, data = made("hoodie-on-parquet", wish={"market": "amazon", "format": "jpeg"})
    assert jumbf.read_json(data, claims.LABEL)["pixels"]["verdict"] == "resized"
    assert "No pixel repainted, only resized" in proof_page(browser, data)


def test_a_tool_that_finds_no_outline_claims_none(made):
    _, data = made("hoodie-on-parquet", ENHANCE, auto="", light="0.3")
    told = jumbf.read_json(data, claims.LABEL) or {}
    assert "outline" not in told


def test_a_claim_that_a_stranger_signed_is_never_green(made, browser, settings, tmp_path):
    _, data = made("hoodie-on-parquet")
    assert '<li data-tone="good">Outline: sure' in proof_page(browser, data)
    settings.SIGNING_DIR = tmp_path / "another-site"
    page = proof_page(browser, data)
    assert '<li data-tone="plain">Outline: sure' in page
    assert '<li data-tone="good">' not in page


def test_claims_are_signed_over(made):
    _, data = made("hoodie-on-parquet")
    assert verify.verify_file(data, anchors=identity.anchors()).state == "sound"
    forged = data.replace(b'"confidence":0.', b'"confidence":1.')
    assert forged != data
    assert verify.verify_file(forged, anchors=identity.anchors()).state != "sound"
