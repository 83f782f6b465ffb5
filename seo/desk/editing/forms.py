"""Page form: who it is, what it says, what its tool is set to."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify

from seo.desk.editing.form_rows import ROWS, Row, controlled, of_tool
from seo.models import Hub, Intent, KeywordPage, Version
from tools.definition import marketplaces, registry
from tools.definition.fields import Style
from tools.exports import files
from tools.pipeline import engines
from tools.storage import samples


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Any list will do."""

    def run_validators(self, value: Any) -> None:
        """As above."""


class PageForm(forms.Form):
    """A draft may be as unfinished as it likes; only who it is must be known."""

    intent = forms.ModelChoiceField(
        Intent.objects.order_by("name"), required=False, empty_label="A new intent …"
    )
    intent_name = forms.CharField(
        max_length=80, required=False, label="Name of the new intent", help_text="In English."
    )
    tool = forms.ChoiceField(label="Tool", required=False)
    hub = forms.ChoiceField(choices=Hub.choices, label="Hub", required=False)
    marketplace = forms.ChoiceField(label="Marketplace whose rules it shows", required=False)
    synonyms = Lines(label="Other words for it", help_text="One a line, in any language.")
    locale = forms.ChoiceField(choices=settings.LANGUAGES, label="Language", initial="en")
    slug = forms.SlugField(max_length=80, label="Address", help_text="Latin letters and hyphens.")

    name = forms.CharField(max_length=60, required=False, label="Name in links")
    title = forms.CharField(max_length=70, required=False, label="Title in search results")
    h1 = forms.CharField(max_length=90, required=False, label="Heading")
    lead = forms.CharField(
        max_length=200, required=False, label="Line under it", widget=forms.Textarea({"rows": 2})
    )
    description = forms.CharField(
        max_length=170,
        required=False,
        label="Description in search results",
        widget=forms.Textarea({"rows": 3}),
    )
    steps = Lines(label="Steps", help_text="One a line; three are usual.", rows=3)
    limits = Lines(label="What it does badly", help_text="One a line.", rows=2)
    file_market = forms.ChoiceField(
        required=False, label="File for", help_text="What the download begins with."
    )
    file_format = forms.ChoiceField(
        required=False,
        label="File type",
        choices=[("", "PNG, as usual"), ("webp", "WebP"), ("jpeg", "JPEG")],
    )
    file_side = forms.IntegerField(
        required=False,
        min_value=files.LEAST_SIDE,
        max_value=files.MOST_SIDE,
        label="Long side in pixels",
        help_text="Empty: the full size. A marketplace says its own.",
    )
    samples = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Photos to try it on"
    )
    related = forms.MultipleChoiceField(
        required=False,
        label="Related pages",
        help_text="Those of the same tool follow, up to six in all.",
        widget=forms.SelectMultiple({"size": 5}),
    )
    publish_at = forms.DateTimeField(
        required=False,
        label="Publish at (UTC)",
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "aria-label": "Publish at, UTC"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def __init__(self, *args: Any, page: KeywordPage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        fields: Any = self.fields
        fields["intent"].label_from_instance = lambda one: one.name
        fields["tool"].choices = [(tool.slug, tool.name) for tool in registry.load_tools().values()]
        known = sorted((slug, one.name) for slug, one in marketplaces.BY_SLUG.items())
        fields["marketplace"].choices = [("", "None"), *known]
        own = ("", "The marketplace whose rules it shows, if any")
        fields["file_market"].choices = [own, (ANYWHERE, "Anywhere"), *known]
        fields["samples"].choices = [(one.name, one) for one in samples.load_samples().values()]
        intents = Intent.objects.order_by("name").values_list("slug", "name")
        fields["related"].choices = list(intents)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.page is None and not found.get("intent") and not found.get("intent_name"):
            self.add_error("intent_name", "Choose an intent, or name a new one.")
        return found

    def chosen_intent(self) -> Intent:
        """The intent that was chosen, or a new one that is not saved."""
        found = self.cleaned_data
        chosen: Intent | None = self.page.intent if self.page else found.get("intent")
        if chosen is not None:
            return chosen
        return Intent(
            slug=slugify(found["intent_name"])[:50],
            name=found["intent_name"],
            tool=found["tool"] or next(iter(registry.load_tools())),
            hub=found["hub"] or Hub.TASK,
            marketplace=found["marketplace"],
            synonyms=found["synonyms"],
        )


class Whole:
    """All that is posted for a page: the form, its rows, and the tool's own settings."""

    def __init__(
        self,
        data: Any = None,
        *,
        page: KeywordPage | None = None,
        version: Version | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.page = page
        first = dict(initial or {}) | (words(version) if version else {})
        if page is not None:
            first |= {"intent": page.intent, "locale": page.locale, "slug": page.slug}
            first |= {name: getattr(page.intent, name) for name in INTENT}
        if data is not None and page is not None:
            data = data.copy()
            data["intent"], data["locale"] = str(page.intent_id), page.locale
        self.form = PageForm(data, page=page, initial=first)
        self.tool = registry.get_tool(self.tool_slug(data, first))
        first["presets"] = [controlled(row, self.tool) for row in first.get("presets", [])]
        self.rows = {
            name: forms.formset_factory(row, extra=0 if name == "examples" else 1)(
                data, prefix=name, initial=first.get(name, [])
            )
            for name, row in (ROWS | {"presets": of_tool(self.tool)}).items()
        }
        preset = first.get("preset", {})
        self.settings = self.tool.form(data, prefix="preset", initial=preset)
        for field in self.settings.fields.values():
            if isinstance(field, Style):
                field.widget = field.for_staff()
        self.chosen = dict(first.get("engines", {}))
        if data is not None:
            self.chosen = {
                kind: data[f"engine.{kind}"]
                for kind in self.tool.all_kinds()
                if data.get(f"engine.{kind}")
            }

    def tool_slug(self, data: Any, first: Mapping[str, Any]) -> str:
        """The chosen intent's tool; a new intent's is what the form says."""
        if self.page is not None:
            return self.page.intent.tool
        number = data.get("intent") if data is not None else getattr(first.get("intent"), "pk", "")
        intent = Intent.objects.filter(pk=number).first() if str(number or "").isdigit() else None
        told = data.get("tool") if data is not None else first.get("tool")
        slug = str(intent.tool if intent else told)
        return slug if slug in registry.load_tools() else next(iter(registry.load_tools()))

    def kinds(self) -> Iterator[tuple[str, list[Any], str]]:
        """The kinds of step that have several engines here, with the chosen one."""
        for kind in sorted(self.tool.all_kinds()):
            if len(there := engines.list_engines_of_kind(kind)) > 1:
                yield kind, there, self.chosen.get(kind, engines.pick_default_engine(kind))

    @property
    def is_refused(self) -> bool:
        return self.form.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def words(self) -> dict[str, Any]:
        """What a version is to say, from a form that is valid."""
        found = self.form.cleaned_data
        said = {name: found[name] for name in TEXTS}
        for name, rows in self.rows.items():
            said[name] = [row.cleaned_data for row in rows.forms if full(row)]
        return said | {"preset": self.preset(), "file": self.file(), "engines": self.engines()}

    def file(self) -> dict[str, Any]:
        """What of the download is not as usual."""
        found = {name: self.form.cleaned_data.get(f"file_{name}") for name in FILE}
        given = {name: value for name, value in found.items() if value}
        if given.get("market") == ANYWHERE:
            given["market"] = ""
        return given

    def preset(self) -> dict[str, Any]:
        """What differs from the tool's defaults, as it was typed: the gate says what is wrong."""
        self.settings.is_valid()
        fields = self.settings.fields
        clean = getattr(self.settings, "cleaned_data", {})
        typed = {
            name: clean.get(name, self.settings[name].value())
            for name, field in fields.items()
            if not field.widget.is_hidden or self.settings[name].value()
        }
        return {
            name: value for name, value in typed.items() if not same(value, fields[name].initial)
        }

    def engines(self) -> dict[str, str]:
        return {kind: name for kind, name in self.chosen.items() if name != engines.EMBEDDED}


FILE = ("market", "format", "side")
# The page shows a marketplace's rules, and its file is not for there.
ANYWHERE = "anywhere"
INTENT = ("tool", "hub", "marketplace", "synonyms")
TEXTS = (
    "name", "title", "h1", "lead", "description", "steps", "limits", "samples", "related"
)  # fmt: skip


def full(row: Row) -> bool:
    return bool(getattr(row, "cleaned_data", None)) and not row.is_empty()


def same(value: Any, default: Any) -> bool:
    nothing: tuple[Any, ...] = (None, "", [])
    return value == default or (value in nothing and default in nothing)


def words(version: Version) -> dict[str, Any]:
    names = (*TEXTS, *ROWS, "preset", "engines")
    said = {name: getattr(version, name) for name in names}
    market = version.file.get("market")
    file = {**version.file, "market": ANYWHERE if market == "" else market}
    return said | {f"file_{name}": file.get(name) for name in FILE}
