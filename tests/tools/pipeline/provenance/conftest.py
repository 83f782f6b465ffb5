import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tools.pipeline import encoding
from tools.pipeline.provenance import certificates, containers
from tools.pipeline.provenance.certificates import Identity
from tools.pipeline.provenance.record import Record, Step

EXIF = {"exif:GPSLatitude": "52,31N SECRETPLACE", "exif:SerialNumber": "SN4711"}
PACKET = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    b' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" %s/></rdf:RDF></x:xmpmeta>'
)


@pytest.fixture(scope="session")
def identity(tmp_path_factory) -> Identity:
    return certificates.load_development_identity(tmp_path_factory.mktemp("signing"))


@pytest.fixture(scope="session")
def stranger(tmp_path_factory) -> Identity:
    """Another maker, whose certificates we do not know."""
    return certificates.load_development_identity(tmp_path_factory.mktemp("stranger"))


@pytest.fixture(scope="session")
def pixels() -> np.ndarray:
    return np.random.default_rng(9).integers(0, 256, (90, 120, 3), np.uint8)


@pytest.fixture(scope="session")
def record() -> Record:
    return Record(
        id="attempt-7",
        steps=(
            Step("matte", "embedded", "3"),
            Step("scene", "embedded", "2", "composite", "c2pa.placed", {"scene": "light marble"}),
        ),
    )


@pytest.fixture(scope="session")
def generated() -> Record:
    steps = (Step("backdrop", "flux", "1.2", "trainedAlgorithmicMedia", "c2pa.placed"),)
    return Record(id="attempt-8", steps=steps)


@pytest.fixture(scope="session")
def camera(pixels, stranger) -> Callable[..., bytes]:
    """A JPEG as a camera with credentials writes it, thumbnail, place and all."""

    def written(*, tagged: bytes = b"", **changes: Any) -> bytes:
        import c2pa

        manifest = {
            "claim_generator_info": [{"name": "Camera X", "version": "1"}],
            "title": "image.jpg",
            "assertions": [
                {
                    "label": "c2pa.actions",
                    "data": {
                        "actions": [
                            {
                                "action": "c2pa.created",
                                "digitalSourceType": "http://cv.iptc.org/newscodes/"
                                "digitalsourcetype/digitalCapture",
                            }
                        ]
                    },
                },
                {"label": "stds.exif", "data": EXIF, "kind": "Json"},
                {"label": "com.maker.own", "data": {"owner": "Secret Owner"}},
            ],
        } | changes
        plain = encoding.encode_jpeg(pixels)
        if tagged:
            plain = containers.with_xmp(plain, PACKET % tagged)
        return with_credentials(c2pa, plain, manifest, stranger)

    return written


def with_credentials(c2pa, data: bytes, manifest: dict, who: Identity, parent=None) -> bytes:
    """As another maker's software would, with the library's own defaults."""
    info = c2pa.C2paSignerInfo(who.algorithm, who.chain.encode(), who.key.encode(), None)
    out = io.BytesIO()
    with (
        c2pa.Signer.from_info(info) as signer,
        c2pa.Context.from_dict({"builder": {"thumbnail": {"enabled": True}}}) as context,
        c2pa.Builder(json.dumps(manifest), context=context) as builder,
    ):
        if parent is not None:
            told = {"title": "before.jpg", "relationship": "parentOf", "label": "before"}
            builder.add_ingredient(json.dumps(told), "image/jpeg", io.BytesIO(parent))
        builder.sign(signer, "image/jpeg", io.BytesIO(data), out)
    return out.getvalue()


@pytest.fixture
def edited(camera, pixels, stranger) -> bytes:
    """A camera's JPEG that has been through somebody else's editor."""
    import c2pa

    opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["before"]}}
    manifest = {
        "claim_generator_info": [{"name": "Editor", "version": "5"}],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [opened, {"action": "c2pa.color_adjustments"}]},
            },
            {"label": "stds.exif", "data": {"exif:GPSLatitude": "48N OTHERPLACE"}, "kind": "Json"},
        ],
    }
    parent = camera()
    return with_credentials(c2pa, parent, manifest, stranger, parent)


@pytest.fixture(scope="session")
def yesterday() -> datetime:
    return datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "not" / "yet" / "there"
