"""Words for a credential check's verdict: the facts are the report's, the words templates'."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from django.utils.translation import gettext as _

from tools.models import Check
from tools.pipeline.intake.limits import MIB
from tools.pipeline.provenance import actions
from tools.storage import upload_limits
from tools.web.serializers import error_words, rendered

# What C2PA and IPTC call things. Files may say anything, and no other names a template.
IDENTIFIER = re.compile(r"[A-Za-z_]{1,60}")
# Which way the page leans: towards trust, against it, or neither.
TONES = {"sound": "good", "changed": "bad", "broken": "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: what, by which engine, and where its pixels come from."""

    words: str
    engine: str
    source: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim as the mark beside the result says it; an outline that is to be checked is none that
    anybody vouches for.
    """

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One maker's part of the history."""

    state: str
    software: str
    signer: str
    known: bool
    lines: tuple[Line, ...]
    # Whether it was made from something that has no credentials of its own.
    beginning: bool
    # What it claims of the pixels and of the outline.
    marks: tuple[Mark, ...] = ()


def verdict_words(check: Check) -> dict[str, Any]:
    """The page's words on a check that is done."""
    report = check.report
    return {
        "state": report["state"],
        "tone": TONES.get(report["state"], "plain"),
        "generated": report["generated"],
        "label": report["label"],
        "source": source_words(report["source"]),
        "signed": report["signed"],
        "tool": report["tool"],
        "chapters": tuple(chapters(report["made"])),
    }


def refusal_words(error: str) -> str:
    """The words of an error, those for this page before those for photos."""
    megabytes = upload_limits.check_limits().bytes // MIB
    return rendered(f"tools/verify/{error}.txt", {"megabytes": megabytes}) or error_words(error)


def chapters(made: Mapping[str, Any] | None) -> Iterator[Chapter]:
    """The newest first. What is only named, such as a scene that was drawn, is no chapter."""
    if made is None or not (made["done"] or made["software"]):
        return
    yield Chapter(
        state=made["state"],
        software=made["software"] or "",
        signer=made["signer"] or "",
        known=made["known"],
        lines=tuple(lines(made["done"])),
        marks=tuple(marks(made)),
        beginning=not any(parent["software"] or parent["done"] for parent in made["parents"]),
    )
    for parent in made["parents"]:
        yield from chapters(parent)


def lines(done: list[Mapping[str, Any]]) -> Iterator[Line]:
    """The same thing done many times over, such as taking out private lines, is said once."""
    told: set[Line] = set()
    for step in done:
        engine = " ".join(part for part in (step["engine"], step["version"]) if part)
        # Of all that is done to photos this is the rule, and worth no words at every line.
        source = "" if step["source"] == "algorithmicallyEnhanced" else source_words(step["source"])
        line = Line(step_words(step), engine, source)
        if line not in told:
            told.add(line)
            yield line


def marks(made: Mapping[str, Any]) -> Iterator[Mark]:
    """The two marks; a check from before files carried them has none. Only what we signed, and
    nobody changed since, speaks for itself: anybody may write such claims.
    """
    claims = made.get("claims") or {}
    good = "good" if made["known"] and made["state"] == "sound" else "plain"
    if pixels := claims.get("pixels"):
        yield Mark(pixel_words(pixels), good)
    if outline := claims.get("outline"):
        verdict = outline["verdict"]
        words = {
            "sure": _("Outline: sure"),
            "yours": _("Outline: yours"),
            "check": _("Outline: to be checked, we were not sure of it"),
        }[verdict]
        if verdict != "yours" and (share := outline.get("confidence")) is not None:
            percent = _("how sure we were: %(percent)s %%") % {"percent": floor(share * 100)}
            words = f"{words} · {percent}"
        yield Mark(words, {"sure": good, "check": "bad"}.get(verdict, "plain"))


def pixel_words(pixels: Mapping[str, Any]) -> str:
    match pixels["verdict"]:
        case "kept":
            return _("No pixel repainted")
        case "resized":
            return _("No pixel repainted, only resized")
        case "structure":
            return _("Shapes, edges and lettering are the photo's own")
    # Rounded down: nearly all is not all.
    share = floor(pixels.get("identical", 0) * 1000) / 10
    return _("%(share)s %% of the pixels not repainted") % {"share": share}


def step_words(step: Mapping[str, Any]) -> str:
    if own := actions.BY_NAME.get(step["name"]):
        return known("pipeline_actions", own)
    action = step["action"].removeprefix("c2pa.")
    return step["name"] or known("c2pa_actions", action) or action


def source_words(source: str | None) -> str:
    """IPTC's word for where pixels come from, in everyone's; others' own words as they are."""
    return known("c2pa_source_types", source) or source if source else ""


def known(folder: str, name: str) -> str:
    """The words for an id, if there are any."""
    return rendered(f"tools/{folder}/{name}.txt", {}) if IDENTIFIER.fullmatch(name) else ""
