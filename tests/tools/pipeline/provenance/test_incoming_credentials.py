import numpy as np
import pytest

from tools.pipeline import encoding
from tools.pipeline.intake import decode
from tools.pipeline.provenance import incoming_credentials, seal, verify

SECRETS = (b"SECRETPLACE", b"OTHERPLACE", b"SN4711", b"Secret Owner", b"JFIF")


@pytest.fixture
def stored(pixels) -> bytes:
    return encoding.encode_png(pixels)


def test_a_photo_without_credentials_is_stored_as_it_was(pixels, stored, identity):
    assert (
        incoming_credentials.preserve_credentials(
            encoding.encode_jpeg(pixels), "jpeg", stored, identity
        )
        is stored
    )
    assert incoming_credentials.preserve_credentials(b"BM", "bmp", stored, identity) is stored


def test_what_a_camera_claims_is_kept_and_what_it_tells_is_not(camera, stored, pixels, identity):
    upload = camera()
    assert all(secret in upload for secret in SECRETS if secret != b"OTHERPLACE")
    kept = incoming_credentials.preserve_credentials(upload, "jpeg", stored, identity)
    assert not any(secret in kept for secret in SECRETS)
    assert np.array_equal(encoding.decode_png(kept), pixels)
    assert np.array_equal(decode.decode_photo(kept).pixels, pixels)
    found = verify.verify_file(kept, anchors=identity.anchors)
    assert (found.state, found.made.known) == ("sound", True)
    parent = found.made.parents[0]
    assert (parent.state, parent.software, parent.title) == ("sound", "Camera X 1", "photo")
    assert parent.done[0].source == "digitalCapture"


def test_the_document_is_not_followed_by_its_number(camera, stored, identity):
    """Editors number every document in XMP, the same in all files that come from it."""
    numbered = b'xmpMM:DocumentID="xmp.did:4711"'
    upload = camera(tagged=numbered)
    assert numbered in upload
    assert b"xmp.did" not in incoming_credentials.preserve_credentials(
        upload, "jpeg", stored, identity
    )


def test_a_whole_history_comes_along_scrubbed(edited, stored, identity):
    assert b"SECRETPLACE" in edited
    assert b"OTHERPLACE" in edited
    kept = incoming_credentials.preserve_credentials(edited, "jpeg", stored, identity)
    assert not any(secret in kept for secret in SECRETS)
    editor = verify.verify_file(kept).made.parents[0]
    assert (editor.state, editor.software) == ("sound", "Editor 5")
    assert editor.parents[0].software == "Camera X 1"


@pytest.mark.parametrize(
    "encode", [encoding.encode_png, encoding.encode_jpeg, encoding.encode_webp]
)
def test_a_download_carries_the_photos_history(camera, stored, pixels, record, identity, encode):
    kept = incoming_credentials.preserve_credentials(camera(), "jpeg", stored, identity)
    sealed = seal.seal_result(encode(255 - pixels), record, identity, photo=kept)
    found = verify.verify_file(sealed, anchors=identity.anchors)
    assert (found.state, found.generated) == ("sound", False)
    conversion = next(parent for parent in found.made.parents if parent.title == "photo")
    assert (conversion.state, conversion.known) == ("sound", True)
    assert conversion.parents[0].software == "Camera X 1"
    if encode is not encoding.encode_jpeg:  # a JPEG says JFIF of itself
        assert not any(secret in sealed for secret in SECRETS)


def test_a_stored_photo_without_credentials_is_only_named(stored, pixels, record, identity):
    found = verify.verify_file(
        seal.seal_result(encoding.encode_png(pixels), record, identity, photo=stored)
    )
    assert ("photo", "none") in [(parent.title, parent.state) for parent in found.made.parents]


def test_credentials_that_do_not_hold_are_not_kept(camera, stored, identity):
    changed = bytearray(camera())
    changed[-30] ^= 1
    assert (
        incoming_credentials.preserve_credentials(bytes(changed), "jpeg", stored, identity)
        is stored
    )


@pytest.mark.parametrize(
    "action",
    [
        {"action": "c2pa.created", "parameters": {"gpsPosition": "52,31"}},
        {"action": "c2pa.created", "parameters": {"camera": {"SerialNumber": "1"}}},
    ],
)
def test_what_cannot_be_redacted_is_not_kept(camera, stored, identity, action):
    created = {"digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}
    upload = camera(
        assertions=[{"label": "c2pa.actions.v2", "data": {"actions": [action | created]}}]
    )
    assert verify.verify_file(upload).state == "sound"
    assert incoming_credentials.preserve_credentials(upload, "jpeg", stored, identity) is stored


def test_a_generative_past_is_not_forgotten(camera, stored, pixels, record, identity):
    action = {
        "action": "c2pa.created",
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    }
    upload = camera(assertions=[{"label": "c2pa.actions.v2", "data": {"actions": [action]}}])
    kept = incoming_credentials.preserve_credentials(upload, "jpeg", stored, identity)
    found = verify.verify_file(
        seal.seal_result(encoding.encode_png(pixels), record, identity, photo=kept)
    )
    assert found.generated
