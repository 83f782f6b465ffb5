"""Diff of two versions: what was taken out and what was put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from seo.desk.checks.near_duplicates import is_written_without_spaces
from seo.desk.editing import versions
from seo.models import Version

NAMES = {
    "name": "Name in links",
    "title": "Title",
    "h1": "Heading",
    "lead": "Line under the heading",
    "description": "Description",
    "steps": "Steps",
    "limits": "Limits",
    "sections": "Sections",
    "facts": "Facts",
    "questions": "Questions",
    "examples": "Examples",
    "presets": "Other beginnings",
    "samples": "Samples",
    "preset": "Preset",
    "file": "File",
    "engines": "Engines",
    "related": "Related pages",
}
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Part:
    # same, out or in
    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    name: str
    parts: list[Part]


def list_changes(old: Version, new: Version) -> list[Change]:
    """What differs, field by field."""
    locale = new.page.locale
    return [
        Change(NAMES[name], list(parts(flat(before), flat(after), locale)))
        for name in versions.FIELDS
        if (before := getattr(old, name, "")) != (after := getattr(new, name, ""))
    ]


def flat(value: Any) -> str:
    """A field as lines of text."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {one}" for name, one in sorted(value.items()))
    if isinstance(value, list):
        return "\n".join(flat(one) for one in value)
    return str(value)


def parts(old: str, new: str, locale: str) -> Iterator[Part]:
    """Word by word; character by character where words are not parted."""
    before, after = units(old, locale), units(new, locale)
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            yield Part("same", "".join(before[a:b]))
            continue
        if a != b:
            yield Part("out", "".join(before[a:b]))
        if c != d:
            yield Part("in", "".join(after[c:d]))


def units(text: str, locale: str) -> list[str]:
    return list(text) if is_written_without_spaces(locale) else WORDS.findall(text)
