"""Models of counts and measurements, of nobody in particular."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class StepDuration(models.Model):
    """How long a step takes here: the last measured seconds per megapixel, and their median."""

    step = models.CharField(max_length=40)
    engine = models.CharField(max_length=80, blank=True)
    recent = models.JSONField(default=list)
    median = models.FloatField(default=0)

    class Meta:
        db_table = "tools_pace"  # its name until November 2026
        constraints = [
            models.UniqueConstraint(fields=["step", "engine"], name="one_pace_for_step_and_engine")
        ]


class AttemptCount(models.Model):
    """How a day's attempts ended, for one tool with the same engines from one page. It outlives the
    attempts, and names nobody.
    """

    day = models.DateField()
    tool = models.SlugField()
    # As "fill flux, matte birefnet": kind and name.
    engines = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=200, blank=True)
    delivered = models.PositiveIntegerField(default=0)
    # Not shown and not charged, because the product was not kept.
    unkept = models.PositiveIntegerField(default=0)
    # Refused or failed for any other reason.
    failed = models.PositiveIntegerField(default=0)
    # Of these, those that were the first at their photo with this tool, and how many were delivered.
    firsts = models.PositiveIntegerField(default=0)
    firsts_delivered = models.PositiveIntegerField(default=0)
    # Delivered, but their visitors asked for their credits back. Counted when the photo goes.
    given_back = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "tools_outcome"  # its name until November 2026
        constraints = [
            models.UniqueConstraint(
                fields=["day", "tool", "engines", "page"], name="one_outcome_for_one_day"
            )
        ]


class PageEvent(models.Model):
    """Something that happened on a page, as its own script told us; nobody is named in it."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    event = models.CharField(max_length=20)
    page = models.CharField(max_length=200, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    tool = models.CharField(max_length=50, blank=True)
    # Which of the visit's attempts it was, counted by the page.
    attempt = models.PositiveIntegerField(null=True, blank=True)
    # What was measured (such as LCP) or chosen (such as png), where the event has more than one.
    label = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True, blank=True)
    # Which of a page's two variants was shown, such as 12a or 12b; empty: it has none.
    variant = models.CharField(max_length=12, blank=True)
    # Tells the day's visits apart; of another day's nobody can say whether it is the same one.
    visit = models.CharField(max_length=16)

    class Meta:
        db_table = "tools_measure"  # its name until November 2026
        indexes = [
            models.Index(fields=["event", "at"], name="measure_event"),
            models.Index(
                fields=["variant", "event"], name="measure_variant", condition=~Q(variant="")
            ),
        ]
