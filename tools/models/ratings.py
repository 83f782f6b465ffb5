"""What visitors think of the tools."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Visitor


class Rating(models.Model):
    """What a visitor who has downloaded a result thinks of the tool that made it."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="ratings")
    tool = models.SlugField()
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=1000, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "tool"], name="one_rating_for_one_tool"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="stars_are_one_to_five"),
        ]
