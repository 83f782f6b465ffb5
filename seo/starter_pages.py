"""Starter pages: files of words and pictures that a new site begins with, loaded once."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from seo.models import Example, Intent, KeywordPage, Version
from seo.public import example_pairs
from tools.definition import registry
from tools.storage import files

STARTER = Path(__file__).parent / "starter"
PROJECT = "Packshot"
NAMED = ("name", "tool", "hub", "marketplace", "synonyms")


@transaction.atomic
def load_pages(folder: Path) -> int:
    """Make sure of the pages that lie in a folder; return how many are new.

    `intents.json` names the intents, `examples/` holds the pairs, and each folder called after a
    language one file for each page. A page that is there already is left alone, whatever its
    words are by now. Pages of a tool that this server has no engine for come when it has.
    """
    pictures(folder / "examples")
    path = folder / "intents.json"
    intents: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = 0
    for slug, row in intents.items():
        if not registry.get_tool(row["tool"]).is_offered:
            continue
        for words in sorted(folder.glob(f"*/{slug}.json")):
            made += ensure(slug, row, words.parent.name, read(words))
    return made


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def ensure(slug: str, row: Mapping[str, Any], locale: str, words: dict[str, Any]) -> bool:
    """One page, with what the intent says of it in every language. True if it is new."""
    named = {key: row[key] for key in NAMED if key in row}
    intent, _ = Intent.objects.get_or_create(slug=slug, defaults=named)
    address = words.pop("slug", slug)
    if KeywordPage.objects.filter(intent=intent, locale=locale).exists():
        return False
    page = KeywordPage(intent=intent, locale=locale, slug=address)
    page.full_clean()
    page.save()
    version = Version(
        page=page,
        author=PROJECT,
        reviewer=PROJECT,
        publish_at=timezone.now(),
        **{**row.get("page", {}), **words},
    )
    version.full_clean()
    version.save()
    return True


def pictures(folder: Path) -> None:
    """The pairs that the project ships, made by its own pipeline (scripts/make_examples.py)."""
    path = folder / "index.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    there = set(Example.objects.values_list("name", flat=True))
    for row in rows:
        if row["name"] in there:
            continue
        for side in ("before", "after"):
            for suffix in example_pairs.SUFFIXES:
                file = f"{side}.{suffix}"
                data = (folder / row["name"] / file).read_bytes()
                files.write_file(example_pairs.example_path(row["name"], file), data)
        Example.objects.create(**row)
