"""Keyword pages: which intent, which tool, which words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from tools import registry


class Intent(models.Model):
    """What a searcher wants done, whatever words they use for it, and the tool that does it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    tool = models.SlugField()

    def clean(self) -> None:
        if self.tool not in registry.tools():
            raise ValidationError({"tool": f"There is no tool called {self.tool}."})


class KeywordPage(models.Model):
    """One intent in one locale: there is one page for it, and one address."""

    intent = models.ForeignKey(Intent, models.PROTECT, related_name="pages")
    locale = models.CharField(max_length=10, default="en")
    slug = models.SlugField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_page_for_one_address"),
            models.UniqueConstraint(fields=["intent", "locale"], name="one_page_for_one_intent"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("seo:page", args=[self.slug])


class Version(models.Model):
    """A dated state of a page; the newest one whose time has come is live."""

    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=70)
    h1 = models.CharField(max_length=90)
    lead = models.CharField(max_length=200)
    description = models.CharField(max_length=170)
    # Three things to do: [text, …].
    steps = models.JSONField(default=list, blank=True)
    # What only this page says: [{"title": …, "text": …}, …].
    sections = models.JSONField(default=list, blank=True)
    # What people ask: [{"question": …, "answer": …}, …].
    questions = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=list, blank=True)
    # Settings of the tool that differ from its defaults.
    preset = models.JSONField(default=dict, blank=True)
    author = models.CharField(max_length=80)
    reviewer = models.CharField(max_length=80, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["page", "-publish_at"])]

    def clean(self) -> None:
        """Raise ValidationError for a preset that the tool's own form refuses."""
        try:
            registry.get(self.page.intent.tool).validated(self.preset)
        except registry.InvalidParamsError as error:
            raise ValidationError({"preset": str(error)}) from None

    def form(self) -> Any:
        """The tool's controls, as this page presets them."""
        return registry.get(self.page.intent.tool).form(initial=self.preset)
