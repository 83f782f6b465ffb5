"""Keyword pages and their versions: which intent, which tool, which words."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from seo import urls_by_locale, validators
from seo.page_cache.edition import Edition, Watched
from tools.definition import marketplaces, registry
from tools.pipeline import engines
from tools.pipeline.errors import EngineUnavailableError

__all__ = [
    "Edition",
    "Example",
    "Hub",
    "Intent",
    "KeywordPage",
    "Redirect",
    "Variant",
    "Version",
]


class Hub(models.TextChoices):
    """The list of /tools/ that an intent is in."""

    TASK = "task"
    MARKETPLACE = "marketplace"
    CATEGORY = "category"


class Intent(models.Model):
    """What a searcher wants done, whatever words they use for it, and the tool that does it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    tool = models.SlugField()
    hub = models.CharField(max_length=12, choices=Hub, default=Hub.TASK)
    # Whose rules the page shows, with their source: a slug of tools/definition/marketplaces.py.
    marketplace = models.SlugField(blank=True)
    # Other words for the same wish, in any language: ["photo cut out", "freistellen", …].
    synonyms = models.JSONField(default=list, blank=True, validators=[validators.texts])

    objects = Watched["Intent"].as_manager()

    def clean(self) -> None:
        if self.tool not in registry.load_tools():
            raise ValidationError({"tool": f"There is no tool called {self.tool}."})
        if self.marketplace and self.marketplace not in marketplaces.BY_SLUG:
            raise ValidationError({"marketplace": f"No marketplace is called {self.marketplace}."})


class KeywordPage(models.Model):
    """One intent in one locale: there is one page for it, and one address."""

    intent = models.ForeignKey(Intent, models.PROTECT, related_name="pages")
    locale = models.CharField(max_length=10, default="en")
    slug = models.SlugField(max_length=80)
    # Since when the page is gone for good: it answers 410.
    removed = models.DateTimeField(null=True, blank=True)

    objects = Watched["KeywordPage"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_page_for_one_address"),
            models.UniqueConstraint(fields=["intent", "locale"], name="one_page_for_one_intent"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a page that moves leaves a redirect at its former address."""
        with transaction.atomic():
            is_new = self._state.adding
            before = None if is_new else KeywordPage.objects.filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            Redirect.objects.filter(locale=self.locale, slug=self.slug).delete()
            if before and (before.locale, before.slug) != (self.locale, self.slug):
                Redirect.objects.update_or_create(
                    locale=before.locale, slug=before.slug, defaults={"page": self}
                )

    def get_absolute_url(self) -> str:
        return urls_by_locale.page_path(self.locale, self.slug)

    def clean(self) -> None:
        if self.locale not in dict(settings.LANGUAGES):
            raise ValidationError({"locale": f"There is no language called {self.locale}."})
        if self.locale == "en" and urls_by_locale.is_taken_slug(self.slug):
            raise ValidationError({"slug": f"/{self.slug}/ is another page of the site."})


class Redirect(models.Model):
    """A former address of a page. It names the page, not an address: one hop is all it takes."""

    locale = models.CharField(max_length=10, default="en")
    slug = models.SlugField(max_length=80)
    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="redirects")
    created = models.DateTimeField(default=timezone.now)

    objects = Watched["Redirect"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_redirect_for_one_address")
        ]


class Example(models.Model):
    """A pair of pictures, before and after, that this site's own pipeline made.

    Never changed: what is made anew has another name. The pictures are in the storage, under
    examples/<name>/, as before.avif, before.webp, after.avif and after.webp.
    """

    name = models.SlugField(max_length=80, unique=True)
    tool = models.SlugField()
    # The settings that made it, and the engine of each kind.
    preset = models.JSONField(default=dict, blank=True)
    engines = models.JSONField(default=dict, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # What was measured: {"seconds": 0.8, "megapixels": 1.9, "identical": 1.0, …}.
    figures = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects = Watched["Example"].as_manager()


class Version(models.Model):
    """A dated state of a page; the newest one whose time has come is live."""

    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="versions")
    # What links to it say; empty: its heading.
    name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=70)
    h1 = models.CharField(max_length=90)
    lead = models.CharField(max_length=200)
    description = models.CharField(max_length=170)
    # Three things to do: [text, …].
    steps = models.JSONField(default=list, blank=True, validators=[validators.texts])
    # What only this page says: [{"title": …, "text": …}, …].
    sections = models.JSONField(default=list, blank=True, validators=[validators.sections])
    # What others say, and where: [{"text": …, "source": address, "date": "2026-11-22"}, …].
    facts = models.JSONField(default=list, blank=True, validators=[validators.facts])
    # What people ask: [{"question": …, "answer": …}, …].
    questions = models.JSONField(default=list, blank=True, validators=[validators.questions])
    # What the tool does badly here: [text, …].
    limits = models.JSONField(default=list, blank=True, validators=[validators.texts])
    # Names of our own photos, to try it on.
    samples = models.JSONField(default=list, blank=True, validators=[validators.texts])
    # Pairs made by the pipeline: [{"name": of an Example, "alt": …, "caption": …}, …].
    examples = models.JSONField(default=list, blank=True, validators=[validators.examples])
    # Settings of the tool that differ from its defaults; a scene is one of them.
    preset = models.JSONField(default=dict, blank=True, validators=[validators.settings])
    # The file that its download begins with, where it is not the usual one: {"market": "amazon",
    # "format": "jpeg"}, and "side" where no marketplace says the size.
    file = models.JSONField(default=dict, blank=True, validators=[validators.file])
    # Which engine to begin with, for each kind of step that has several.
    engines = models.JSONField(default=dict, blank=True, validators=[validators.settings])
    # Other beginnings to choose from: [{"name": "Oak table", "settings": {"scene": …}}, …]. One
    # without a name is called after its scene.
    presets = models.JSONField(default=list, blank=True, validators=[validators.presets])
    # Slugs of intents worth going on to; pages of the same tool follow them.
    related = models.JSONField(default=list, blank=True, validators=[validators.texts])
    # Whether the picture for sharing it is drawn.
    has_card = models.BooleanField(default=False, editable=False)
    author = models.CharField(max_length=80)
    reviewer = models.CharField(max_length=80, blank=True)
    # Two may have one name: who of the staff they were. None: the project, or somebody who is gone.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    publish_at = models.DateTimeField(null=True, blank=True, db_index=True)
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(auto_now=True)

    objects = Watched["Version"].as_manager()

    class Meta:
        # All that the index of the sitemap asks for: the rows themselves are wide.
        indexes = [models.Index(fields=["page", "-publish_at", "updated"], name="seo_live")]
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at=None) | ~Q(reviewer=""), name="what_is_live_was_reviewed"
            )
        ]

    def clean(self) -> None:
        """Raise ValidationError for presets that the tool's own form or this server refuses."""
        tool = registry.get_tool(self.page.intent.tool)
        try:
            params = tool.validated(self.preset)
            for one in self.presets:
                tool.validated({**self.preset, **one["settings"]})
        except registry.InvalidParamsError as error:
            raise ValidationError({"preset": str(error)}) from None
        if unused := sorted(set(self.engines) - tool.kinds(params)):
            raise ValidationError({"engines": f"{tool.name} takes no engine for {unused[0]}."})
        try:
            engines.choose_engines(self.engines, self.engines)
        except EngineUnavailableError as error:
            raise ValidationError({"engines": str(error)}) from None

    def is_by(self, name: str, user: int | None) -> bool:
        """Whether somebody wrote it: told by who they are, where that is known, else by name."""
        if self.written_by_id is None or user is None:
            return name == self.author
        return user == self.written_by_id

    @property
    def link_name(self) -> str:
        return self.name or self.h1

    def form(self) -> Any:
        """The tool's controls, as this page presets them."""
        return registry.get_tool(self.page.intent.tool).form(initial=self.preset)


class Variant(models.Model):
    """What half of a page's visitors see instead, under the same address: other words on the button
    that takes a photo in, or another section first.

    A browser draws its lot itself, and tells with what it counts which of the two it showed.
    """

    class Part(models.TextChoices):
        EXAMPLES = "examples", "Before and after"
        RULES = "rules", "The marketplace's rules"
        SECTIONS = "sections", "What only this page says"
        FACTS = "facts", "Where the numbers come from"
        PRESETS = "presets", "Begin with"
        QUESTIONS = "questions", "Questions"

    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="variants")
    # One of the two; the other is empty.
    button = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=10, choices=Part, blank=True)
    days = models.PositiveSmallIntegerField(default=14)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    started = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    # How it ended: visits, inputs, … of what is there ("a") and of this ("b").
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(ended=None), name="one_variant_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(button="") ^ Q(part=""), name="a_variant_changes_one_thing"
            ),
        ]
