import io

import numpy as np
import pytest
from PIL import Image

from tools.pipeline import encoding
from tools.pipeline.provenance import aigc, containers, xmp

LABEL = aigc.field(producer='Müller & "Söhne" <GmbH>', identifier="a-1")


def test_a_packet_says_what_was_put_into_it():
    found = xmp.read(xmp.packet(source="composite", tool='Packshot "1" & <2>', label=LABEL))
    assert (found.source, found.tool, found.label) == ("composite", 'Packshot "1" & <2>', LABEL)


def test_without_a_label_there_is_no_field():
    packet = xmp.packet(source="algorithmicallyEnhanced", tool="Packshot")
    assert xmp.read(packet).label is None
    assert b"TC260:AIGC>" not in packet


def test_the_field_has_the_seven_keys_of_the_standard_in_order():
    assert list(LABEL) == [
        "Label",
        "ContentProducer",
        "ProduceID",
        "ReservedCode1",
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2",
    ]
    assert LABEL["Label"] == "1"
    assert b"{&quot;" not in xmp.packet(source="composite", tool="", label=LABEL)


def test_a_field_in_another_wrapping_is_read():
    assert aigc.read('{"AIGC": {"Label": "2", "Else": 1}}') == {"Label": "2"}
    assert aigc.read("[]") is None
    assert aigc.read("{") is None


@pytest.mark.parametrize(
    "encode", [encoding.encode_png, encoding.encode_jpeg, encoding.encode_webp]
)
def test_a_file_with_a_packet_shows_the_same_pixels(pixels, encode):
    before = encode(pixels)
    packet = xmp.packet(source="composite", tool="Packshot", label=LABEL)
    after = containers.with_xmp(before, packet)
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))
        assert other.info.get("xmp", other.info.get("XML:com.adobe.xmp", "").encode()) == packet
    assert xmp.read(after).label == LABEL


def test_a_transparent_webp_keeps_its_alpha(pixels):
    cutout = np.dstack([pixels, pixels[..., 0]])
    after = containers.with_xmp(encoding.encode_webp(cutout, quality=100), b"odd")
    with Image.open(io.BytesIO(after)) as opened:
        assert np.array_equal(np.asarray(opened), cutout)


def test_another_format_is_not_sealed(pixels):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "AVIF")
    with pytest.raises(containers.UnsealableError):
        containers.with_xmp(file.getvalue(), b"")


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<x:xmpmeta",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><unclosed></x:xmpmeta>",
        b"<x:xmpmeta><!DOCTYPE a [<!ENTITY b 'c'>]></x:xmpmeta>",
        b"<x:xmpmeta>" + b"a" * 2_000_000 + b"</x:xmpmeta>",
        b"<x:xmpmeta xmlns:x='a'>\xff\xfe</x:xmpmeta>",
    ],
)
def test_a_packet_that_cannot_be_read_says_nothing(packet):
    assert xmp.read(packet) == xmp.Said()


def test_properties_may_stand_as_elements():
    packet = (
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:i='{xmp.IPTC}'><i:DigitalSourceType>"
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        "</i:DigitalSourceType></x:xmpmeta>"
    )
    assert xmp.read(packet.encode()).source == "trainedAlgorithmicMedia"
