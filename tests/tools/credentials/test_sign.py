"""What stands in a download, asked of the file that a visitor gets."""

import io

import numpy as np
import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.credentials import identity
from tools.exports import files as exports
from tools.models import Attempt, Export, Photo
from tools.pipeline import encoding, ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Op
from tools.pipeline.provenance import actions, certificates, credentials, verify
from tools.rendering import ingest
from tools.storage import files
from tools.workers import cpu

CUT, STAND, ENHANCE = "remove-background", "add-background", "enhance-photo"
CUT_STEPS = [
    ("Product found", "embedded"),
    ("Outline followed", "Packshot"),
    ("Old background taken out of the edge", "Packshot"),
    ("Background removed", "Packshot"),
]


@pytest.fixture(autouse=True)
def own_signing(settings, tmp_path_factory):
    settings.SIGNING_DIR = tmp_path_factory.mktemp("signing")


@pytest.fixture
def download():
    """The file that comes of a tool on a photo, by its settings and the export's options."""

    def download(photo, tool=CUT, params=None, **wanted):
        attempt = lifecycle.start_attempt(photo, tool, params or {})
        cpu.work_once()
        attempt = Attempt.objects.get(pk=attempt.pk)
        assert attempt.status == "done", (attempt.error, attempt.error_facts)
        export = exports.start_export(attempt, exports.parse_options({"format": "png", **wanted}))
        cpu.work_once()
        export = Export.objects.get(pk=export.pk)
        assert export.status == "done", export.error
        data = files.read_file(export.file)
        assert len(data) == export.bytes
        return data

    return download


def told(data):
    return verify.verify_file(data, anchors=identity.anchors())


def steps(found):
    return [(done.name, done.engine) for done in found.made.done[1:]]


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_a_cut_out_holds_and_says_what_was_done(photo, download, kind):
    found = told(download(photo, format=kind))
    assert (found.state, found.signed, found.generated) == ("sound", True, False)
    assert (found.source, found.label) == ("algorithmicallyEnhanced", None)
    assert found.made.known
    assert found.made.done[0].action == "c2pa.opened"
    assert steps(found) == CUT_STEPS
    assert [parent.title for parent in found.made.parents] == ["photo"]


def test_on_a_plain_colour_it_is_a_composite(photo, download):
    found = told(download(photo, format="jpeg"))
    assert (found.state, found.source) == ("sound", "composite")
    assert steps(found) == [*CUT_STEPS, ("Laid on a plain colour", "Packshot")]


def test_a_drawn_background_makes_a_composite_and_nothing_generated(photo, download):
    params = {"background": "colour", "colour": "#336699"}
    found = told(download(photo, STAND, params, format="jpeg"))
    assert (found.state, found.source, found.generated) == ("sound", "composite", False)
    names = [name for name, _ in steps(found)]
    assert "Colour put behind it" in names
    assert names[-1] == "Product set into the picture"
    # It is opaque already: no colour was laid under it.
    assert "Laid on a plain colour" not in names


def test_another_photo_behind_it_makes_a_composite_of_captures(photo, upload, download, as_file):
    ground = upload(as_file(np.full((120, 200, 3), 90, np.uint8)), name="ground.png")
    ingest.ingest_photo(ground.pk)
    ground.refresh_from_db()
    picture = {"digest": ground.digest, "width": ground.width, "height": ground.height}
    found = told(download(photo, STAND, {"background": "picture", "picture": picture}))
    assert (found.state, found.source) == ("sound", "compositeCapture")


def test_a_marketplaces_file_is_sealed_too(photo, download):
    found = told(download(photo, format="jpeg", market="amazon"))
    assert (found.state, found.source) == ("sound", "composite")
    assert steps(found) == [*CUT_STEPS[:-1], ("Laid out for a marketplace", "Packshot")]


def test_a_scene_for_a_marketplace_is_composed_once_and_on_its_canvas(photo, download):
    data = download(photo, STAND, {"background": "colour"}, format="jpeg", market="amazon")
    names = [name for name, _ in steps(told(data))]
    assert names.count("Product set into the picture") == 1
    assert "Laid out for a marketplace" not in names


def test_a_whole_photo_for_a_marketplace_is_said_to_be_cut_to_shape(photo, download):
    data = download(photo, ENHANCE, {"auto": "", "light": 0.3}, format="jpeg", market="amazon")
    assert "Cut to a marketplace's shape" in [name for name, _ in steps(told(data))]


def test_an_enhanced_photo_is_algorithmically_enhanced(photo, download):
    params = {"size": "2", "auto": "", "denoise": 0.5}
    found = told(download(photo, ENHANCE, params, format="jpeg"))
    assert (found.state, found.source, found.generated) == (
        "sound",
        "algorithmicallyEnhanced",
        False,
    )
    assert steps(found) == [
        ("Noise, blocks, blur or light corrected", "embedded"),
        ("Enlarged", "embedded"),
    ]


def test_a_correction_of_nothing_is_not_told(photo, download):
    found = told(download(photo, ENHANCE, {"size": "2", "auto": ""}))
    assert [name for name, _ in steps(found)] == ["Enlarged"]


def test_a_flipped_pixel_is_said_to_be_changed(photo, download):
    data = bytearray(download(photo))
    data[-40] ^= 1
    assert told(bytes(data)).state == "changed"


def test_a_label_is_drawn_when_it_is_asked_for(photo, download):
    plain, labelled = (
        np.asarray(Image.open(io.BytesIO(download(photo, **wish)))) for wish in ({}, {"label": "1"})
    )
    changed = (plain != labelled).any(axis=2)
    assert changed.any()
    assert not changed[: changed.shape[0] // 2].any()
    found = told(download(photo, label="zh"))
    assert steps(found)[-1] == ("Visible label written into the corner", "Packshot")


def test_nothing_of_camera_and_place_is_in_a_download(upload, download, mug):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "SECRETMAKER", "SECRETCAMERA", "SECRETSOFT"
    exif.get_ifd(0x8825)[0x001D] = "2026:01:02"
    exif.get_ifd(0x8825)[0x001B] = b"SECRETPLACE"
    exif.get_ifd(0x8769)[0xA431] = "SECRETSERIAL"
    out = io.BytesIO()
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETXMP</x:xmpmeta>'
    Image.fromarray(mug).save(out, "JPEG", quality=95, exif=exif, xmp=packet)
    sent = out.getvalue()
    assert all(word in sent for word in (b"SECRETCAMERA", b"SECRETPLACE", b"SECRETSERIAL"))
    received = upload(sent, name="SECRETNAME.jpg")
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    for kind in ("png", "webp", "jpeg"):
        data = download(received, format=kind)
        assert b"SECRET" not in data
        assert b"2026:01:02" not in data


@pytest.fixture
def signed_upload(mug, tmp_path):
    """A JPEG with another maker's credentials and the camera's words in them."""
    stranger = certificates.load_development_identity(tmp_path / "stranger")
    action = {
        "action": "c2pa.created",
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    }
    manifest = {
        "claim_generator_info": [{"name": "Camera X", "version": "1"}],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [action]}},
            {"label": "stds.exif", "data": {"exif:GPSLatitude": "SECRETPLACE"}, "kind": "Json"},
        ],
    }
    return credentials.sign(encoding.encode_jpeg(mug), "image/jpeg", manifest, stranger)


@pytest.fixture
def signed_photo(upload, signed_upload):
    received = upload(signed_upload, name="mug.jpg")
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    return received


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_the_photos_own_credentials_come_along(signed_photo, download, kind):
    data = download(signed_photo, format=kind)
    assert b"SECRET" not in data
    found = told(data)
    photo = next(parent for parent in found.made.parents if parent.title == "photo")
    camera = photo.parents[0]
    assert (found.state, photo.state, camera.state) == ("sound", "sound", "sound")
    assert (camera.software, camera.known) == ("Camera X 1", False)
    assert camera.done[0].source == "digitalCapture"


def test_credentials_belong_to_a_photo_and_not_to_its_pixels(signed_photo, upload, as_file):
    """Two visitors may have the same pixels, and one of them a file that tells more."""
    same = encoding.decode_png(files.read_file(files.pixels_path(signed_photo.digest)))
    plain = upload(as_file(same))
    ingest.ingest_photo(plain.pk)
    plain.refresh_from_db()
    assert plain.digest == signed_photo.digest
    assert not files.file_exists(files.credentials_path(plain.pk))
    assert files.file_exists(files.credentials_path(signed_photo.pk))


def test_they_are_deleted_with_the_photo(
    signed_photo, browser, own_folders, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/photos/{signed_photo.pk}/delete/")
    assert not Photo.objects.exists()
    assert [path for path in (own_folders / "pictures").rglob("*") if path.is_file()] == []


def test_the_operators_own_certificate_signs_and_earlier_downloads_stay_known(
    photo, download, settings, tmp_path
):
    before = download(photo)
    certificates.load_development_identity(tmp_path / "operator")
    made = tmp_path / "operator" / "development"
    settings.SIGNING_CHAIN = str(made / certificates.CHAIN)
    settings.SIGNING_KEY = str(made / certificates.KEY)
    after = download(photo, format="webp")
    own = (made / certificates.ROOT).read_text("ascii")
    assert verify.verify_file(after, anchors=own).made.known
    assert not verify.verify_file(before, anchors=own).made.known
    assert told(before).made.known
    assert told(after).made.known


def test_a_download_that_cannot_be_signed_fails_in_words(photo, settings, browser):
    attempt = lifecycle.start_attempt(photo, CUT, {})
    cpu.work_once()
    settings.SIGNING_CHAIN = settings.SIGNING_KEY = "nowhere.pem"
    attempt.refresh_from_db()
    export = exports.start_export(attempt, exports.parse_options({"format": "png"}))
    cpu.work_once()
    answer = browser.get(f"/exports/{export.pk}/").json()
    assert (answer["status"], answer["error"]) == ("failed", "certificate")
    assert "cost nothing" in answer["words"]


def test_every_op_says_what_it_does_to_a_picture():
    declared = {op.name for op in vars(ops).values() if isinstance(op, Op)} | {"source"}
    assert declared <= actions.ACTS.keys() | actions.SILENT
    assert not actions.ACTS.keys() & actions.SILENT


def test_a_model_that_makes_pixels_makes_the_step_a_generated_one():
    model = Engine(
        name="dreamer",
        title="Dreamer",
        kind="fill",
        version="2",
        licence="-",
        commercial=True,
        generative=True,
        load=object,
    )
    step = actions.describe_action(Op("fill", 1, kind="fill"), {}, model)
    assert (step.engine, step.version) == ("dreamer", "2")
    assert step.source == "compositeWithTrainedAlgorithmicMedia"
