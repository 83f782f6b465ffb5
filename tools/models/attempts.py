"""Attempts: one run of one tool on one photo."""

from typing import Any

from django.db import models

from tools.models.jobs import Relay
from tools.models.photos import Photo


class Attempt(Relay):
    """One run of one tool on one photo."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="attempts")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    # What it begins from: the recipes that were followed on the photo before this one, in their
    # order; empty for the photo itself. The parent says where the visitor was, and may be deleted.
    before = models.JSONField(default=list, blank=True)
    tool = models.SlugField()
    params = models.JSONField(default=dict, blank=True)
    # The engine for each kind of step, by name.
    engines = models.JSONField(default=dict, blank=True)
    price = models.PositiveIntegerField(default=0)
    # What it did not pay for itself: for each kind of step and engine, the attempts that had. Names,
    # not rows: a visitor may delete those, and their holds stay.
    free_after = models.JSONField(default=dict, blank=True)
    preview = models.CharField(max_length=100, blank=True)
    # Of the result at full resolution.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    fidelity = models.JSONField(default=dict, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    # The path of the page that asked for it.
    page = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=80, blank=True)
    favourite = models.BooleanField(default=False)

    class Meta(Relay.Meta):
        abstract = False

    @property
    def outline(self) -> dict[str, Any] | None:
        """What is said of the matte's outline, as its last step has it; None where no product was
        found, or by an engine that says nothing of it.
        """
        steps = (
            self.facts.get(name, {}).get("outline") for name in ("reshape", "second", "subject")
        )
        said = next((found for found in steps if found), None)
        return None if said is None else {"by_hand": False, **said}

    def recipe(self) -> dict[str, Any]:
        """What makes the same result again from what it begins from, here or on another photo."""
        return {"tool": self.tool, "params": self.params, "engines": self.engines}
