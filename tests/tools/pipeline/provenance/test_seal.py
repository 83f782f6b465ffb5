import io
import json
import socket

import numpy as np
import pytest
from PIL import Image

from tools.pipeline import encoding
from tools.pipeline.intake import decode, errors
from tools.pipeline.intake.limits import DEFAULT
from tools.pipeline.provenance import aigc, seal, sources, verify
from tools.pipeline.provenance.record import Record, Step

ENCODERS = [encoding.encode_png, encoding.encode_jpeg, encoding.encode_webp]


@pytest.mark.parametrize("encode", ENCODERS)
def test_a_sealed_file_tells_what_was_done_and_holds(pixels, record, identity, encode):
    found = verify.verify_file(
        seal.seal_result(encode(pixels), record, identity), anchors=identity.anchors
    )
    assert (found.state, found.signed, found.generated) == ("sound", True, False)
    assert (found.source, found.tool, found.faults) == ("composite", "Packshot 0.1.0", ())
    made = found.made
    assert (made.software, made.known) == ("Packshot 0.1.0", True)
    assert [(done.name, done.engine, done.version, done.source) for done in made.done] == [
        (None, None, None, None),
        ("matte", "embedded", "3", "algorithmicallyEnhanced"),
        ("scene", "embedded", "2", "composite"),
    ]
    assert made.done[0].action == "c2pa.opened"
    assert {(parent.title, parent.state) for parent in made.parents} == {
        ("photo", "none"),
        ("scene", "none"),
    }


@pytest.mark.parametrize("encode", ENCODERS)
def test_sealing_changes_no_pixel(pixels, record, identity, encode):
    before = encode(pixels)
    after = seal.seal_result(before, record, identity)
    assert np.array_equal(decode.decode_photo(after).pixels, decode.decode_photo(before).pixels)


@pytest.mark.parametrize("encode", ENCODERS)
def test_a_file_with_one_other_bit_is_said_to_be_changed(pixels, record, identity, encode):
    data = bytearray(seal.seal_result(encode(pixels), record, identity))
    plain = encode(pixels)
    place = data.find(plain[-60:-40]) + 3
    data[place] ^= 1
    found = verify.verify_file(bytes(data), anchors=identity.anchors)
    assert (found.state, found.signed) == ("changed", False)
    assert found.made.done[1].engine == "embedded"


def test_another_picture_under_the_same_credentials_is_changed(pixels, record, identity):
    sealed = seal.seal_result(encoding.encode_png(pixels), record, identity)
    start = sealed.index(b"caBX") - 4
    end = start + 12 + int.from_bytes(sealed[start : start + 4], "big")
    other = encoding.encode_png(255 - pixels)
    swapped = other[:33] + sealed[start:end] + other[33:]
    assert verify.verify_file(swapped).state == "changed"


@pytest.mark.parametrize("encode", ENCODERS)
def test_a_stripped_file_has_no_credentials(pixels, record, identity, encode):
    sealed = seal.seal_result(encode(pixels), record, identity)
    out = io.BytesIO()
    with Image.open(io.BytesIO(sealed)) as opened:
        opened.save(out, "PNG")
    found = verify.verify_file(out.getvalue())
    assert (found.state, found.made, found.signed) == ("none", None, False)


def test_any_photo_without_credentials_says_nothing(pixels):
    found = verify.verify_file(encoding.encode_jpeg(pixels))
    assert (found.state, found.source, found.generated, found.label) == ("none", None, False, None)


def test_a_signer_whom_we_do_not_know_is_sound_but_unknown(pixels, record, identity, stranger):
    found = verify.verify_file(
        seal.seal_result(encoding.encode_png(pixels), record, stranger), anchors=identity.anchors
    )
    assert (found.state, found.made.known) == ("sound", False)


@pytest.mark.parametrize("encode", ENCODERS)
def test_a_generated_picture_carries_the_label(pixels, generated, identity, encode):
    sealed = seal.seal_result(encode(pixels), generated, identity, producer="Shop 12")
    found = verify.verify_file(sealed)
    assert found.generated
    assert found.source == "compositeWithTrainedAlgorithmicMedia"
    assert found.label == aigc.field(producer="Shop 12", identifier="attempt-8")


def test_a_picture_without_a_photo_was_created(pixels, identity):
    steps = (Step("picture", "flux", "1", "trainedAlgorithmicMedia"),)
    record = Record("1", steps, photo=None)
    found = verify.verify_file(seal.seal_result(encoding.encode_jpeg(pixels), record, identity))
    assert found.state == "sound"
    assert found.source == "trainedAlgorithmicMedia"
    assert found.made.done[0].action == "c2pa.created"
    assert found.made.parents == ()


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(errors.RefusedError):
        verify.verify_file(data)


def test_credentials_that_were_cut_up_tell_nothing_false(pixels, record, identity):
    """A byte of mere padding may change; a byte that says something may not."""
    sealed = seal.seal_result(encoding.encode_png(pixels), record, identity)
    true = verify.verify_file(sealed)
    start = sealed.index(b"caBX") + 4
    for place in range(start, start + 4000, 131):
        data = bytearray(sealed)
        data[place] ^= 0x55
        found = verify.verify_file(bytes(data))
        assert found.state in {"changed", "broken", "unreadable"} or found == true


def test_nothing_is_fetched_from_an_address_in_a_file(pixels):
    """The library is native code, so the only witness is a server of our own that nobody calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/manifest.c2pa"
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
            ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
            ' rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/"'
            f' dcterms:provenance="{address}"/></rdf:RDF></x:xmpmeta>'
        )
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "JPEG", xmp=packet.encode())
        assert verify.verify_file(out.getvalue()).state == "elsewhere"
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_download_larger_than_any_upload_is_read(record, identity):
    noise = np.random.default_rng(1).integers(0, 256, (2200, 4000, 3), np.uint8)
    sealed = seal.seal_result(encoding.encode_png(noise), record, identity)
    assert len(sealed) > DEFAULT.bytes
    assert verify.verify_file(sealed).state == "sound"


def test_histories_that_share_a_beginning_do_not_multiply(pixels, identity, record):
    """Each of six generations takes in the one before it six times over."""
    data = seal.seal_result(encoding.encode_png(pixels), record, identity)
    parents = [{"title": str(n), "relationship": "componentOf", "label": str(n)} for n in range(6)]
    for _ in range(6):
        data = credentials_taking(data, parents, identity)
    found = verify.verify_file(data)
    assert found.state == "sound"
    assert len(list(everyone(found.made))) < 50


def credentials_taking(data, parents, identity):
    import c2pa

    placed = {"action": "c2pa.placed", "parameters": {"ingredientIds": ["0"]}}
    created = {"action": "c2pa.created", "digitalSourceType": sources.uri("composite")}
    actions = {"label": "c2pa.actions.v2", "data": {"actions": [created, placed]}}
    manifest = {"claim_generator_info": [{"name": "X"}], "assertions": [actions]}
    info = c2pa.C2paSignerInfo("es256", identity.chain.encode(), identity.key.encode(), None)
    out = io.BytesIO()
    with (
        c2pa.Signer.from_info(info) as signer,
        c2pa.Context.from_dict({"builder": {"thumbnail": {"enabled": False}}}) as context,
        c2pa.Builder(json.dumps(manifest), context=context) as builder,
    ):
        for told in parents:
            builder.add_ingredient(json.dumps(told), "image/png", io.BytesIO(data))
        builder.sign(signer, "image/png", io.BytesIO(data), out)
    return out.getvalue()


def everyone(made):
    yield made
    for parent in made.parents:
        yield from everyone(parent)


def test_more_boxes_than_any_history_has_are_not_read(pixels, record, identity):
    sealed = seal.seal_result(encoding.encode_png(pixels), record, identity)
    assert verify.verify_file(sealed + b"jumb" * 4000).state == "unreadable"
