"""Signed content credentials (C2PA 2.2), through c2pa: the only module that knows that library."""

import io
import json
from collections.abc import Mapping
from typing import Any

from tools.pipeline.errors import PipelineError
from tools.pipeline.provenance.certificates import Identity

# Boxes (ISO 19566-5) of all credentials in one file: a camera's have 20, a long history 500. The
# library takes a millisecond for each, and nobody may keep a worker for an hour.
BOX, BOXES = b"jumb", 3000


class UnsignableError(PipelineError):
    """The library would not sign; the first argument says why."""

    id = "unsignable"


class UnreadableError(PipelineError):
    """There are credentials, but they cannot be read."""

    id = "credentials-unreadable"
    visitors = True
    again = False


class ElsewhereError(PipelineError):
    """The file only says where on the network its credentials are. We do not go there."""

    id = "credentials-elsewhere"
    visitors = True
    again = False


def sign(
    data: bytes,
    mime: str,
    manifest: Mapping[str, Any],
    identity: Identity,
    *,
    parent: tuple[str, bytes] | None = None,
) -> bytes:
    """The file with its manifest in it. `parent` is the MIME type and the bytes of the file that
    this one was made from; its own credentials, if it has any, are taken along.
    """
    import c2pa  # noqa: PLC0415  heavy: 20 MB of native code that few calls need

    info = c2pa.C2paSignerInfo(
        identity.algorithm, identity.chain.encode(), identity.key.encode(), None
    )
    out = io.BytesIO()
    try:
        with (
            c2pa.Signer.from_info(info) as signer,
            c2pa.Context.from_dict(_settings()) as context,
            c2pa.Builder(json.dumps(manifest), context=context) as builder,
        ):
            if parent is not None:
                builder.add_ingredient(json.dumps(PHOTO), parent[0], io.BytesIO(parent[1]))
            builder.sign(signer, mime, io.BytesIO(data), out)
    except c2pa.C2paError as error:
        raise UnsignableError(str(error)) from error
    return out.getvalue()


def read(data: bytes, mime: str, *, anchors: str = "") -> dict[str, Any] | None:
    """The library's own report, with every manifest's claim under "claims"; None where the file
    has no credentials. Raises `UnreadableError` and `ElsewhereError`.
    """
    import c2pa  # noqa: PLC0415  as above

    if data.count(BOX) > BOXES:
        raise UnreadableError("more boxes than any history has")
    try:
        with c2pa.Context.from_dict(_settings(anchors)) as context:
            reader = c2pa.Reader.try_create(mime, io.BytesIO(data), context=context)
            if reader is None:
                return None
            with reader:
                report: dict[str, Any] = json.loads(reader.json())
                detailed = json.loads(reader.detailed_json())
    except (c2pa.C2paError, ValueError) as error:
        # The library has a class for this and does not use it.
        elsewhere = str(error).startswith("Remote")
        raise ElsewhereError if elsewhere else UnreadableError(str(error)) from error
    report["claims"] = {
        label: found.get("claim") or {} for label, found in detailed["manifests"].items()
    }
    return report


# How manifests name the photo: never by the visitor's own file name.
# Nor by the number in its XMP, which the library would take.
PHOTO = {
    "title": "photo",
    "relationship": "parentOf",
    "label": "photo",
    "instance_id": "photo",
}


def _settings(anchors: str = "") -> dict[str, Any]:
    """Nothing over the network, and no thumbnails: they would show what was taken out."""
    settings: dict[str, Any] = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True},
        "builder": {"thumbnail": {"enabled": False}},
    }
    if anchors:
        settings["trust"] = {"trust_anchors": anchors}
    return settings
