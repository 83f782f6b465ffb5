"""Import of pages: hundreds of rows of a table at once in, the same shape out.

A row is a page in a language. What it says goes into a draft; what is equal to the page's newest
version is left alone, and a table with one bad row changes nothing.
"""

import copy
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from import_export import fields, resources
from tablib import Dataset, InvalidDimensions

from foundation.csv_cells import unquote_cell
from seo.desk.editing import diff, versions
from seo.desk.editing.diff import Change
from seo.desk.editing.import_widgets import Json, Lines, Table
from seo.desk.editing.versions import TEXTS
from seo.models import Intent, KeywordPage, Version
from seo.page_cache.edition import Edition

A_BATCH = 100
WHO = ("intent", "intent_name", "tool", "hub", "marketplace", "synonyms", "locale", "slug")
TABLES = {
    "sections": ("title", "text"),
    "facts": ("text", "source", "date"),
    "questions": ("question", "answer"),
}


class Found:
    """Import-export's own way to find rows, which `Pages` does without."""

    def __init__(self, *_: Any) -> None:
        pass


class Pages(resources.Resource):
    """One row for one page; the same shape in and out."""

    name = fields.Field("name", "name")
    title = fields.Field("title", "title")
    h1 = fields.Field("h1", "h1")
    lead = fields.Field("lead", "lead")
    description = fields.Field("description", "description")
    steps = fields.Field("steps", "steps", widget=Lines())
    limits = fields.Field("limits", "limits", widget=Lines())
    sections = fields.Field("sections", "sections", widget=Table(TABLES["sections"]))
    facts = fields.Field("facts", "facts", widget=Table(TABLES["facts"]))
    questions = fields.Field("questions", "questions", widget=Table(TABLES["questions"]))
    samples = fields.Field("samples", "samples", widget=Lines())
    related = fields.Field("related", "related", widget=Lines())
    examples = fields.Field("examples", "examples", widget=Json(list))
    presets = fields.Field("presets", "presets", widget=Json(list))
    preset = fields.Field("preset", "preset", widget=Json(dict))
    file = fields.Field("file", "file", widget=Json(dict))
    engines = fields.Field("engines", "engines", widget=Json(dict))

    class Meta:
        # Rows are found by their page, once for all of them.
        import_id_fields = ()
        instance_loader_class = Found
        skip_diff = True
        report_skipped = True
        use_transactions = True
        store_instance = True

    def __init__(self, *, author: str = "", by: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.author, self.by = author, by
        self.intents: dict[str, Intent] = {}
        self.known: dict[tuple[str, str], KeywordPage] = {}
        # The number of the page at each address.
        self.places: dict[tuple[str, str], int] = {}
        self.newest: dict[int, Version] = {}
        # What each page said before.
        self.olds: dict[int, dict[str, Any]] = {}
        self.seen: set[tuple[str, str]] = set()
        self.changed: list[Version] = []

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Look up once what all rows may need."""
        if unknown := sorted(set(dataset.headers or ()) - {*WHO, *self.fields}):
            raise ValidationError(f"There is no column called {unknown[0]}.")
        if lacking := sorted({"intent", "locale", "slug"} - set(dataset.headers or ())):
            raise ValidationError(f"The table has no column {lacking[0]}.")
        self.intents = {one.slug: one for one in Intent.objects.all()}
        pages = KeywordPage.objects.select_related("intent")
        self.known = {(one.intent.slug, one.locale): one for one in pages}
        self.places = {(one.locale, one.slug): one.pk for one in self.known.values()}
        for version in Version.objects.order_by("pk").iterator():
            before = self.newest.get(version.page_id)
            # The draft, if there is one, is what a row is compared with and written into.
            if before is None or before.publish_at is not None or version.publish_at is None:
                self.newest[version.page_id] = version

    def get_or_init_instance(self, _: Any, row: Mapping[str, Any]) -> tuple[Version, bool]:
        """A draft for the row's page; the page and its intent are made where they are not there."""
        page = self.page(row)
        before = self.newest.get(page.pk)
        if before is not None and before.publish_at is None:
            draft = before
        else:
            draft = Version(page=page, **(versions.copy_words(before) if before else {}))
        draft.page = page
        self.olds[page.pk] = copy.deepcopy(versions.copy_words(before)) if before else {}
        return draft, before is None

    def page(self, row: Mapping[str, Any]) -> KeywordPage:
        key = (told(row, "intent"), told(row, "locale"))
        if not all(key):
            raise ValidationError("A row needs an intent and a locale.")
        if key in self.seen:
            raise ValidationError("The same page is in the table twice.")
        self.seen.add(key)
        page = self.known.get(key)
        if page is None:
            page = KeywordPage(intent=self.intent(row), locale=key[1], slug=told(row, "slug"))
        elif page.slug == told(row, "slug"):
            return page
        else:
            del self.places[page.locale, page.slug]
            page.slug = told(row, "slug")
        self.check(page)
        page.save()
        self.places[page.locale, page.slug] = page.pk
        return page

    def check(self, page: KeywordPage) -> None:
        """As full_clean does, without asking for each page what is known of all of them."""
        page.clean_fields(exclude=["intent"])
        page.clean()
        if self.places.get((page.locale, page.slug), page.pk) != page.pk:
            where = page.get_absolute_url()
            raise ValidationError({"slug": f"{where} is another page."})

    def intent(self, row: Mapping[str, Any]) -> Intent:
        slug = told(row, "intent")
        if slug in self.intents:
            return self.intents[slug]
        intent = Intent(
            slug=slug,
            name=told(row, "intent_name") or slug.replace("-", " ").capitalize(),
            tool=told(row, "tool"),
            hub=told(row, "hub") or "task",
            marketplace=told(row, "marketplace"),
            synonyms=Lines().clean(row.get("synonyms")),
        )
        intent.clean_fields()
        intent.clean()
        intent.save()
        self.intents[slug] = intent
        return intent

    def import_field(
        self, field: Any, instance: Version, row: Mapping[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        """A column that is not there leaves the field as it is."""
        if field.column_name in row:
            super().import_field(field, instance, row, *args, **kwargs)

    def skip_row(self, instance: Version, _: Any, row: Any, errors: Any = None) -> bool:
        return not errors and self.olds[instance.page_id] == versions.copy_words(instance)

    def validate_instance(self, instance: Version, errors: Any = None, **kwargs: Any) -> None:
        """What no gate can mend: shapes and lengths. The rest the gate says later, page by page."""
        instance.author, instance.written_by_id = self.author, self.by
        instance.reviewer, instance.reviewed_by_id = "", None
        if errors:
            raise ValidationError(errors)
        instance.clean_fields(
            exclude=["page", "reviewer", *(t for t in TEXTS if not getattr(instance, t))]
        )

    def save_instance(self, instance: Version, *args: Any, **kwargs: Any) -> None:
        """A page is but once in a table, so that all its drafts can be written at the end."""
        self.changed.append(instance)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        drafts = [one for one in self.changed if one.pk is not None]
        Version.objects.bulk_create([one for one in self.changed if one.pk is None], A_BATCH)
        for draft in drafts:
            draft.save()

    def save_m2m(self, *args: Any, **kwargs: Any) -> None:
        """There are none."""


@dataclass(frozen=True)
class Outcome:
    """What became of one row, or would."""

    # The first line of the row in the file, as an editor counts.
    line: int
    # new, changed, same or bad
    kind: str
    name: str
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    rows: list[Outcome]
    # What is wrong with the table itself.
    trouble: str = ""

    def count(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)

    @property
    def is_sound(self) -> bool:
        return not self.trouble and not self.count("bad")


def import_table(text: str, author: str, *, dry: bool, by: int | None = None) -> Imported:
    """Import a table as drafts, all of it or, when anything in it is wrong or it is dry, nothing."""
    try:
        lines, table = read(text)
    except (csv.Error, InvalidDimensions) as error:
        return Imported([], f"That is no table: {error}")
    resource = Pages(author=author, by=by)
    with Edition.turned_once():
        result = resource.import_data(table, dry_run=dry, rollback_on_validation_errors=True)
        transaction.set_rollback(dry)
    if result.base_errors:
        return Imported([], " ".join(words(error.error) for error in result.base_errors))
    rows = [
        outcome(line, name(dict(zip(table.headers, cells, strict=True))), row, resource)
        for line, cells, row in zip(lines, table, result.rows, strict=True)
    ]
    done = Imported(rows)
    if done.is_sound and not dry:
        versions.ask_sources(row.instance for row in result.rows)
    return done


def read(text: str) -> tuple[list[int], Dataset]:
    """The rows, and the line in which each begins: cells may hold several lines."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    table = Dataset()
    table.headers = [name.strip() for name in next(reader, [])]
    lines, line = [], reader.line_num + 1
    for cells in reader:
        if any(cells):
            texts = [unquote_cell(cell) for cell in cells]
            table.append(texts + [""] * (len(table.headers) - len(cells)))
            lines.append(line)
        line = reader.line_num + 1
    return lines, table


def outcome(line: int, name: str, row: Any, resource: Pages) -> Outcome:
    if row.validation_error or row.errors:
        error = row.validation_error or row.errors[0].error
        return Outcome(line, "bad", name, words(error))
    kind = {"new": "new", "update": "changed", "skip": "same"}[row.import_type]
    changes = []
    if kind == "changed":
        old = Version(page=row.instance.page, **resource.olds[row.instance.page_id])
        changes = diff.list_changes(old, row.instance)
    return Outcome(line, kind, name, changes=changes)


def name(row: Mapping[str, str]) -> str:
    return f"{row.get('intent', '')} · {row.get('locale', '')}"


def words(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    if hasattr(error, "error_dict"):
        said = [f"{place}: {' '.join(told)}" for place, told in error.message_dict.items()]
        return " ".join(said).replace(f"{NON_FIELD_ERRORS}: ", "")
    return " ".join(error.messages)


def told(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip()
