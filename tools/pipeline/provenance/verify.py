"""What a file says of itself, and whether it holds. Facts only; the words are a template's."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tools.pipeline.intake import header
from tools.pipeline.intake.limits import MIB, Limits
from tools.pipeline.provenance import claims, credentials, sources, xmp
from tools.pipeline.provenance.incoming_credentials import MIMES

State = Literal[
    "none",  # no credentials, or they were taken off
    "sound",  # signed, and not a bit was changed since
    "changed",  # signed, and the file was changed afterwards
    "broken",  # the credentials themselves do not hold
    "elsewhere",  # only an address on the network, where we do not go
    "unreadable",  # something stands there that is no credential
]

# Our own downloads may be larger than any upload, and here no pixel is decoded.
LIMITS = Limits(bytes=256 * MIB, pixels=10**9, bomb_pixels=10**9)
LONGEST = 200
# Makers in one history, things that one of them took in, and things that one did.
MOST = 100
# A signer whom we do not know is no fault of the file.
UNKNOWN_SIGNER = "signingCredential.untrusted"


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, as the maker of the file named it."""

    action: str
    name: str | None
    engine: str | None
    version: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """One file in the history, by its own manifest; `title` is how the next one called it."""

    state: State
    title: str | None = None
    software: str | None = None
    signer: str | None = None
    known: bool = False
    done: tuple[Done, ...] = ()
    parents: tuple["Made", ...] = ()
    # What it claims of pixels and outline (`claims.read_claims`); ours do.
    claims: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`made` is None without readable credentials. `source` and `label` are what the file says,
    signed or not (`signed` tells); `generated` is whether anything in it says that a model made
    pixels. `faults` are C2PA's codes.
    """

    state: State
    signed: bool
    source: str | None
    generated: bool
    label: Mapping[str, str] | None
    tool: str | None
    made: Made | None
    faults: tuple[str, ...]


def verify_file(data: bytes | Path, *, anchors: str = "", limits: Limits = LIMITS) -> Report:
    """`anchors` are the certificates (PEM) of signers whom we know: our own. Raises a
    `RefusedError` for what is no picture. Nothing is fetched from anywhere.
    """
    data = data if isinstance(data, bytes) else data.read_bytes()
    found = header.read_header(io.BytesIO(data), limits=limits)
    state: State = "none"
    report: dict[str, Any] | None = None
    try:
        mime = MIMES.get(found.format)
        report = credentials.read(data, mime, anchors=anchors) if mime else None
    except credentials.ElsewhereError:
        state = "elsewhere"
    except credentials.UnreadableError:
        state = "unreadable"
    said = xmp.read(data)
    if report is None:
        return _told(state, said, None, ())
    faults = tuple(_codes(report.get("validation_results"), "failure"))
    made = _made(report, str(report.get("active_manifest")), _state(faults), set())
    return _told(made.state, said, made, faults)


def _told(state: State, said: xmp.Said, made: Made | None, faults: tuple[str, ...]) -> Report:
    signed = [done.source for done in _all_done(made)] if made else []
    return Report(
        state=state,
        signed=state == "sound",
        source=said.source or next((source for source in reversed(signed) if source), None),
        generated=said.label is not None
        or any(source in sources.GENERATED for source in (said.source, *signed)),
        label=said.label,
        tool=said.tool,
        made=made,
        faults=faults,
    )


def _all_done(made: Made) -> Iterable[Done]:
    for parent in made.parents:
        yield from _all_done(parent)
    yield from made.done


def _made(
    report: Mapping[str, Any], label: str, state: State, told: set[str], title: str | None = None
) -> Made:
    """`told` are the manifests that have had their turn: histories that share a beginning are
    a graph, and to walk all its ways would take for ever.
    """
    told.add(label)
    manifest = _mapping(_mapping(report.get("manifests")).get(label))
    signer = _mapping(manifest.get("signature_info"))
    software = next(iter(_mappings(manifest.get("claim_generator_info"))), {})
    return Made(
        state=state,
        title=title,
        software=_joined(
            software.get("name") or manifest.get("claim_generator"), software.get("version")
        ),
        signer=_signer(signer.get("common_name"), signer.get("issuer")),
        known=any(
            label in place and code == "signingCredential.trusted"
            for code, place in _trusted(report)
        ),
        done=tuple(_done(manifest)),
        claims=next(filter(None, _claims(manifest)), None),
        parents=tuple(
            _parent(report, parent, told)
            for parent in _mappings(manifest.get("ingredients"))[:MOST]
        ),
    )


def _parent(report: Mapping[str, Any], parent: Mapping[str, Any], told: set[str]) -> Made:
    title = _text(parent.get("title"))
    label = parent.get("active_manifest")
    if not label:
        return Made(state="none", title=title)
    state = _state(_codes(parent.get("validation_results"), "failure"))
    if label in told or len(told) >= MOST:
        return Made(state=state, title=title)
    return _made(report, str(label), state, told, title)


def _state(faults: Iterable[str]) -> State:
    grave = [fault for fault in faults if fault != UNKNOWN_SIGNER]
    if any(fault.endswith("Hash.mismatch") for fault in grave):
        return "changed"
    return "broken" if grave else "sound"


def _done(manifest: Mapping[str, Any]) -> Iterable[Done]:
    for assertion in _mappings(manifest.get("assertions")):
        if not str(assertion.get("label")).startswith("c2pa.actions"):
            continue
        for action in _mappings(_mapping(assertion.get("data")).get("actions"))[:MOST]:
            agent = action.get("softwareAgent")
            named = _mapping(agent) or {"name": agent}
            source = _text(action.get("digitalSourceType"))
            yield Done(
                action=_text(action.get("action")) or "",
                name=_text(action.get("description")),
                engine=_text(named.get("name")),
                version=_text(named.get("version")),
                source=sources.code(source) if source else None,
            )


def _claims(manifest: Mapping[str, Any]) -> Iterable[Mapping[str, Any] | None]:
    for assertion in _mappings(manifest.get("assertions")):
        if assertion.get("label") == claims.LABEL:
            yield claims.read_claims(assertion.get("data"))


def _codes(results: Any, kind: str) -> list[str]:
    active = _mapping(_mapping(results).get("activeManifest"))
    return [str(entry.get("code")) for entry in _mappings(active.get(kind))]


def _trusted(report: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    results = _mapping(report.get("validation_results"))
    deltas = (
        _mapping(d.get("validationDeltas")) for d in _mappings(results.get("ingredientDeltas"))
    )
    for part in (_mapping(results.get("activeManifest")), *deltas):
        for entry in _mappings(part.get("success")):
            yield str(entry.get("code")), str(entry.get("url"))


def _joined(*parts: Any) -> str | None:
    return _text(" ".join(str(part) for part in parts if part)) or None


def _signer(name: Any, house: Any) -> str | None:
    """A name, and the house behind it where the name does not say it."""
    if name and house and str(house) in str(name):
        return _joined(name)
    return _text(", ".join(str(part) for part in (name, house) if part)) or None


def _text(value: Any) -> str | None:
    return value[:LONGEST] if isinstance(value, str) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
