"""Credentials that a photo brings along: kept, but not what they tell of camera and place.

What a manifest claims stays, so that its signature holds: the title and number it gave the file,
who made it, with which software or which model of camera, and what was done. Everything else in it
is *redacted* in the way that C2PA provides for, at every depth, before anything is stored: EXIF and
other metadata, thumbnails (they show what visitors have removed), authors, makers' own additions.
Where camera or place stand in a part that cannot be redacted, nothing is kept.
"""

import re
from collections.abc import Iterator
from typing import Any

from tools.pipeline.intake.sniff import Format
from tools.pipeline.provenance import credentials
from tools.pipeline.provenance.certificates import Identity

MIMES: dict[Format, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "heic": "image/heic",
    "tiff": "image/tiff",
    "gif": "image/gif",
}
# What a chain of credentials cannot be checked without; C2PA forbids to redact the first two.
KEPT = ("c2pa.actions", "c2pa.hash.", "c2pa.ingredient")
# Names of values, in any maker's way of writing them.
PRIVATE = re.compile(r"gps|latitude|longitude|geo|location|place$|serial|address", re.IGNORECASE)
# Some cameras sign with a certificate of their own, named with the camera's number.
NUMBERED = re.compile(r"\d{5,}")


def preserve_credentials(upload: bytes, found: Format, stored: bytes, identity: Identity) -> bytes:
    """`stored`, the PNG of the upload's pixels, with the upload's credentials in it and signed by
    us as its conversion. `stored` itself where the upload has none that hold, or none that can be
    kept. No pixel is touched.
    """
    report = _report(upload, found)
    if report is None or _tells_too_much(report):
        return stored
    hidden = _hidden(report)
    redacted = [
        {
            "action": "c2pa.redacted",
            "reason": "c2pa.PII.present",
            "parameters": {"redacted": place},
        }
        for place in hidden
    ]
    opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["photo"]}}
    manifest = {
        "claim_generator_info": [{"name": "Packshot"}],
        "redactions": hidden,
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [opened, *redacted, {"action": "c2pa.converted"}]},
            }
        ],
    }
    try:
        return credentials.sign(
            stored, "image/png", manifest, identity, parent=(MIMES[found], upload)
        )
    except credentials.UnsignableError:
        return stored  # a stranger's manifest that the library reads but cannot carry


def _report(upload: bytes, found: Format) -> dict[str, Any] | None:
    if found not in MIMES:
        return None
    try:
        report = credentials.read(upload, MIMES[found])
    except (credentials.UnreadableError, credentials.ElsewhereError):
        return None
    return report if report and report.get("validation_state") in {"Valid", "Trusted"} else None


def _hidden(report: dict[str, Any]) -> list[str]:
    """The addresses of all assertions that are not needed and not yet gone."""
    gone = {place for manifest in report["manifests"].values() for place in _redactions(manifest)}
    places = [
        f"self#jumbf=/c2pa/{label}/c2pa.assertions/{name}"
        for label, claim in report["claims"].items()
        for name in _assertions(claim)
        if not name.startswith(KEPT)
    ]
    return [place for place in places if place not in gone]


def _assertions(claim: dict[str, Any]) -> list[str]:
    parts = ("assertions", "created_assertions", "gathered_assertions")
    return [
        str(assertion["url"]).rpartition("/")[2]
        for part in parts
        for assertion in claim.get(part) or []
    ]


def _redactions(manifest: dict[str, Any]) -> list[str]:
    return [str(place) for place in manifest.get("redactions") or []]


def _names(value: object) -> Iterator[str]:
    """Those of all values in it, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)


def _tells_too_much(report: dict[str, Any]) -> bool:
    for label, manifest in report["manifests"].items():
        actions = [
            assertion
            for assertion in manifest.get("assertions") or []
            if str(assertion.get("label")).startswith(KEPT)
        ]
        if any(PRIVATE.search(name) for name in _names([actions, report["claims"].get(label)])):
            return True
        signer = manifest.get("signature_info") or {}
        if NUMBERED.search(str(signer.get("common_name"))):
            return True
    return False
