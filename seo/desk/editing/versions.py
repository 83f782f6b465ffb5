"""Versions of a page, as marketers work on them: write, review, publish, go back, translate.

A version that was published is history and never changed; whoever writes on gets a draft.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.messages import send_on_commit
from seo.desk.checks import gate, source_links
from seo.desk.editing import scheduled
from seo.models import Intent, KeywordPage, Version

LINES = ("steps", "limits")
ROWS = {
    "sections": ("title", "text"),
    "facts": ("text",),
    "questions": ("question", "answer"),
    "examples": ("alt", "caption"),
    "presets": ("name",),
}
TEXTS = ("name", "title", "h1", "lead", "description")
NEEDED = ("title", "h1", "lead", "description")
NAMES = {"title": "title", "h1": "heading", "lead": "line under it", "description": "description"}
# What is the same in every language.
PLAIN = ("samples", "preset", "file", "engines", "related")
FIELDS = (*TEXTS, *LINES, *ROWS, *PLAIN)


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the version since it was read; nothing was done."""


def version_state(version: Version, live: int | None) -> str:
    """draft, scheduled, live or former; `live` is the number of the page's live version."""
    if version.publish_at is None:
        return "draft"
    if version.publish_at > timezone.now():
        return "scheduled"
    return "live" if version.pk == live else "former"


def find_live_version(page: KeywordPage) -> Version | None:
    come = page.versions.filter(publish_at__lte=timezone.now())
    return come.select_related("page__intent").order_by("-publish_at", "-pk").first()


def find_draft(page: KeywordPage) -> Version | None:
    """What is being written: the newest version that has no time yet."""
    drafts = page.versions.filter(publish_at=None).select_related("page__intent")
    return drafts.order_by("-pk").first()


def find_newest(page: KeywordPage) -> Version | None:
    """Where writing goes on: the draft, else what waits for its time, else what is live."""
    waiting = page.versions.filter(publish_at__gt=timezone.now()).order_by("-pk").first()
    return find_draft(page) or waiting or find_live_version(page)


def copy_words(version: Version) -> dict[str, Any]:
    """All that a version says and sets, for another one."""
    return {name: getattr(version, name) for name in FIELDS}


@transaction.atomic
def write_draft(
    page: KeywordPage, said: Mapping[str, Any], author: str, by: int | None = None
) -> Version:
    """Put words into the page's draft, or into a new one that goes on from the newest version.

    A review is of the words that were read: changed words have none.
    """
    draft = find_draft(page)
    if draft is None:
        before = find_newest(page)
        draft = Version(page=page, **(copy_words(before) if before else {}))
    elif all(getattr(draft, name) == value for name, value in said.items()):
        return draft
    for name, value in said.items():
        setattr(draft, name, value)
    draft.author, draft.written_by_id = author, by
    draft.reviewer, draft.reviewed_by_id = "", None
    draft.save()
    ask_sources([draft])
    return draft


def ask_sources(versions: Iterable[Version]) -> None:
    """Have a worker ask the sources that nobody has asked yet."""
    if source_links.remember_links(versions):
        send_on_commit("seo.desk.tasks.check_links", expires=600)


def review_draft(version: Version, reviewer: str, by: int | None = None) -> bool:
    """Say who has read a draft; False for whoever wrote it, and for what is no draft any more."""
    if version.is_by(reviewer, by):
        return False
    unchanged = Version.objects.filter(pk=version.pk, publish_at=None, updated=version.updated)
    return unchanged.update(reviewer=reviewer, reviewed_by=by, updated=timezone.now()) == 1


def publish_version(
    version: Version,
    *,
    at: datetime | None = None,
    by: User | None = None,
    around: gate.Around | None = None,
) -> list[gate.Finding]:
    """Have a draft go live, now or at a time, if the gate lets it; return what the gate found.

    At its time the gate looks again, and whoever gave it the time is told if it does not pass.
    Raises ChangedMeanwhileError when the draft is not what was examined any more.
    """
    around = around or gate.Around.of(version.page.locale)
    findings = gate.examine_version(version, around)
    if not gate.passes_gate(findings):
        return findings
    now = timezone.now()
    when = max(at or now, now)
    with transaction.atomic():
        same = Version.objects.filter(pk=version.pk, publish_at=None, updated=version.updated)
        if same.update(publish_at=when, updated=now) != 1:
            raise ChangedMeanwhileError
        if when > now:
            scheduled.appoint(version, by)
        else:
            scheduled.forget(version)
    version.publish_at = when
    if when <= now:
        around.take(version)
    return findings


def withhold_version(version: Version) -> bool:
    """Make a draft again of what waits for its time."""
    waiting = Version.objects.filter(pk=version.pk, publish_at__gt=timezone.now())
    is_back = waiting.update(publish_at=None, updated=timezone.now()) == 1
    if is_back:
        scheduled.forget(version)
    return is_back


def roll_back(old: Version, author: str, by: int | None = None) -> Version:
    """A new draft with an old version's words, its review with them: they were read once."""
    draft = Version(page=old.page, author=author, written_by_id=by, **copy_words(old))
    if not draft.is_by(old.reviewer, old.reviewed_by_id):
        draft.reviewer, draft.reviewed_by_id = old.reviewer, old.reviewed_by_id
    draft.save()
    return draft


@transaction.atomic
def translate_page(
    page: KeywordPage, locale: str, author: str, by: int | None = None
) -> KeywordPage:
    """The page of the same intent in another language: what is the same in every language is
    there, and every word that is wanting is an empty place of its own.
    """
    twin, is_new = KeywordPage.objects.get_or_create(
        intent=page.intent, locale=locale, defaults={"slug": page.slug}
    )
    source = find_newest(page)
    if is_new and source is not None:
        Version.objects.create(page=twin, author=author, written_by_id=by, **emptied(source))
    return twin


def emptied(source: Version) -> dict[str, Any]:
    """What of a version needs no translation; of facts and examples, all but their words."""
    frame = {name: getattr(source, name) for name in PLAIN}
    for name in ("facts", "examples", "presets"):
        said = dict.fromkeys(ROWS[name], "")
        frame[name] = [row | said for row in getattr(source, name)]
    return frame


def list_missing(version: Version, source: Version | None) -> list[str]:
    """What is not written yet, beside the version that it is translated from."""
    found = [NAMES[name] for name in NEEDED if not getattr(version, name)]
    if source is None:
        return found
    for name in (*LINES, "sections", "facts", "questions"):
        there, wanted = count(version, name), count(source, name)
        if there < wanted:
            found.append(f"{wanted - there} of {wanted} {name}")
    bare = sum(not row.get("alt") for row in version.examples)
    return [*found, f"words of {bare} examples"] if bare else found


def count(version: Version, name: str) -> int:
    """How many of a list's rows have all their words."""
    rows = getattr(version, name)
    if name in LINES:
        return sum(bool(text) for text in rows)
    return sum(all(row.get(part) for part in ROWS[name]) for row in rows)


def find_translation_source(page: KeywordPage) -> Version | None:
    """The version that a translation goes by: the English one, else the oldest page's."""
    others = KeywordPage.objects.filter(intent=page.intent_id).exclude(pk=page.pk)
    english = others.filter(locale="en").first() or others.order_by("pk").first()
    return find_newest(english) if english is not None and page.locale != "en" else None


@transaction.atomic
def new_page(intent: Intent, locale: str, slug: str) -> KeywordPage:
    """Raises ValidationError for an address or a language that cannot be."""
    page = KeywordPage(intent=intent, locale=locale, slug=slug)
    page.full_clean()
    page.save()
    return page
