"""/verify/ as a visitor without JavaScript meets it: a form, a page that waits, an answer."""

import io
from datetime import timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tools.credentials import identity
from tools.models import Check
from tools.photos import retention
from tools.pipeline import encoding
from tools.pipeline.provenance import actions, certificates, seal, verify
from tools.pipeline.provenance.record import Record, Step
from tools.queue import leases
from tools.storage import files
from tools.web import verdict_words
from tools.workers import cpu, reaper

pytestmark = pytest.mark.django_db
TOLD = tuple(
    Step(act.name, "embedded", "7", act.source, act.action) for act in actions.ACTS.values()
)


@pytest.fixture(autouse=True)
def own_signing(settings, tmp_path_factory):
    settings.SIGNING_DIR = tmp_path_factory.mktemp("signing")


@pytest.fixture
def sealed(mug):
    return seal.seal_result(encoding.encode_png(mug), Record("1", TOLD), identity.load_identity())


def send(client, data, name="picture.png"):
    return client.post("/verify/", {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def answer(client):
    """The page about a file, once the worker has read it."""

    def answer(data):
        sent = send(client, data)
        assert sent.status_code == 302
        cpu.work_once()
        return client.get(sent["Location"]).content.decode()

    return answer


def kept(folder):
    return [path for path in (folder / "pictures").rglob("*") if path.is_file()]


def test_the_page_asks_for_a_file(client):
    page = client.get("/verify/").content.decode()
    assert 'type="file"' in page
    assert "<script" not in page.partition("<main")[2]


def test_the_page_waits_until_the_worker_has_read_it(client, sealed):
    address = send(client, sealed)["Location"]
    waiting = client.get(address)
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert "no-store" in waiting["Cache-Control"]
    cpu.work_once()
    shown = client.get(address).content.decode()
    assert 'http-equiv="refresh"' not in shown


def test_what_was_done_is_told_in_words(answer, sealed):
    page = answer(sealed)
    assert "Signed, and not changed since" in page
    assert "The background was removed" in page
    assert "embedded 7" in page
    assert "Signed here, by Packshot development" in page
    assert "put together from several pictures" in page


def test_every_step_of_ours_has_words(answer, sealed):
    page = answer(sealed)
    assert not [act.name for act in actions.ACTS.values() if act.name in page]


def test_a_changed_file_is_said_to_be_changed(answer, sealed):
    changed = bytearray(sealed)
    changed[-40] ^= 1
    page = answer(bytes(changed))
    assert "Changed since it was signed" in page
    assert "not changed since" not in page


def test_a_file_without_credentials_is_no_accused(answer, mug):
    page = answer(encoding.encode_jpeg(mug))
    assert "No content credentials" in page
    assert "says nothing against the picture" in page


def test_cut_up_credentials_are_no_signature(answer, sealed):
    start = sealed.index(b"caBX") + 4
    page = answer(sealed[: start + 200] + b"\0" * 400 + sealed[start + 600 :])
    assert "Signed, and not changed since" not in page


def test_a_stranger_is_not_vouched_for(answer, mug, tmp_path):
    stranger = certificates.load_development_identity(tmp_path / "stranger")
    step = Step("<b>Bold</b>", "Editor", "5")
    page = answer(seal.seal_result(encoding.encode_png(mug), Record("1", (step,)), stranger))
    assert "We do not know that signer" in page
    assert "Signed here" not in page
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


def test_a_generated_picture_is_called_one(answer, mug):
    step = Step("Filled", "dreamer", "2", "compositeWithTrainedAlgorithmicMedia")
    page = answer(
        seal.seal_result(
            encoding.encode_png(mug),
            Record("a-1", (step,)),
            identity.load_identity(),
            producer="Shop 12",
        )
    )
    assert "a generative model (AI) made it or a part of it" in page
    assert "Shop 12" in page


def test_an_action_that_names_a_file_names_no_template():
    step = {"name": None, "action": "c2pa.../words/svg"}
    assert verdict_words.step_words(step) == "../words/svg"
    assert verdict_words.source_words("../words/svg") == "../words/svg"


def test_nothing_of_the_file_is_kept(client, sealed, own_folders):
    address = send(client, sealed, name="SECRETNAME.png")["Location"]
    assert len(kept(own_folders)) == 1
    cpu.work_once()
    assert kept(own_folders) == []
    row = Check.objects.get()
    assert row.file == ""
    assert "SECRETNAME" not in str(vars(row))
    assert "visitor" not in client.cookies
    assert "SECRETNAME" not in client.get(address).content.decode()


def test_the_answer_goes_after_an_hour(client, sealed, monkeypatch):
    address = send(client, sealed)["Location"]
    cpu.work_once()
    later = Check.objects.get().created + retention.CHECK_KEPT + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert client.get(address).status_code == 404
    retention.delete_expired()
    assert not Check.objects.exists()


def test_a_file_that_nobody_came_to_read_goes_too(client, sealed, own_folders, monkeypatch):
    send(client, sealed)
    later = Check.objects.get().created + retention.CHECK_KEPT + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    retention.delete_expired()
    assert kept(own_folders) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no content"),
        (b"hello there, this is text", "not a picture"),
        (b"%PDF-1.7 and so on", "A PDF is not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_at_the_door(client, data, words, own_folders):
    refused = send(client, data)
    page = refused.content.decode()
    assert (refused.status_code, Check.objects.count()) == (422, 0)
    assert words in page or "No picture came" in page
    assert kept(own_folders) == []


def test_a_post_without_a_file_is_answered(client):
    assert "No picture came with that" in client.post("/verify/").content.decode()


def test_size_is_checked_before_anything_is_kept(client, sealed, settings, own_folders):
    settings.PHOTO_MAX_BYTES = 1000
    refused = send(client, sealed + bytes(4000))
    assert refused.status_code == 422
    assert "would have lost its credentials" in refused.content.decode()
    assert kept(own_folders) == []


def test_a_download_heavier_than_any_upload_is_read(answer, settings):
    noise = np.random.default_rng(1).integers(0, 256, (200, 200, 3), np.uint8)
    data = seal.seal_result(encoding.encode_png(noise), Record("1", ()), identity.load_identity())
    settings.PHOTO_MAX_BYTES = len(data) // 2
    assert "Signed, and not changed since" in answer(data)


def test_a_full_house_takes_no_more(client, sealed, monkeypatch, own_folders):
    monkeypatch.setattr("tools.queue.open_limits.CREDENTIAL_CHECKS", 1)
    send(client, sealed)
    assert send(client, sealed).status_code == 503
    assert len(kept(own_folders)) == 1


def test_a_file_that_brings_the_worker_down_is_parsed_once(client, sealed, monkeypatch):
    address = send(client, sealed)["Location"]

    def crash(*args, **options):
        raise SystemExit

    monkeypatch.setattr(verify, "verify_file", crash)
    with pytest.raises(SystemExit):
        cpu.work_once()
    monkeypatch.undo()
    row = Check.objects.get()
    assert not files.file_exists(row.file)
    leases.requeue_job(row)
    cpu.work_once()
    page = client.get(address).content.decode()
    assert "stopped in the middle" in page
    assert Check.objects.get().error == "check-lost"


def test_a_lapsed_check_goes_to_the_next_worker(client, sealed, settings):
    address = send(client, sealed)["Location"]
    settings.LEASE_SECONDS = -1
    leases.claim_job(Check.objects.all())
    settings.LEASE_SECONDS = 15
    reaper.reap_lapsed()
    cpu.work_once()
    assert "Signed, and not changed since" in client.get(address).content.decode()


def test_other_formats_are_read(answer, mug):
    out = io.BytesIO()
    Image.fromarray(mug).save(out, "BMP")
    assert "No content credentials" in answer(out.getvalue())
