"""Models of the marketers' desk: what it keeps beside the pages themselves: figures, searches, tests."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from seo.models import Example, Intent, KeywordPage, Version
from tools.models import Job


class PageDay(models.Model):
    """What visitors did on one page in one day. Counted from events; nobody is named in it."""

    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    # From here on visits, not events, where nothing else is said.
    visits = models.PositiveIntegerField(default=0)
    inputs = models.PositiveIntegerField(default=0)
    starts = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)
    compares = models.PositiveIntegerField(default=0)
    # All attempts; and the visits with two or more.
    attempts = models.PositiveIntegerField(default=0)
    several = models.PositiveIntegerField(default=0)
    quick_exits = models.PositiveIntegerField(default=0)
    # Visits of browsers that used a tool first on an earlier day of the week before.
    returns = models.PositiveIntegerField(default=0)
    prompts = models.PositiveIntegerField(default=0)
    # Told of the page that the same visit saw last: sign-ups, refunds asked, credits bought.
    sign_ups = models.PositiveIntegerField(default=0)
    refunds = models.PositiveIntegerField(default=0)
    credits = models.PositiveIntegerField(default=0)
    # How many ratings, and their stars together.
    ratings = models.PositiveIntegerField(default=0)
    stars = models.PositiveIntegerField(default=0)
    # Histograms: {"first": ms to the first result, "LCP": ms, "INP": ms, "CLS": …}.
    times = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_row_for_one_day")]
        indexes = [models.Index(fields=["day"])]


class SearchResult(models.Model):
    """How a page did in a search engine's results from one day to another, both included."""

    page = models.ForeignKey(KeywordPage, models.CASCADE, related_name="searched")
    first = models.DateField()
    last = models.DateField()
    clicks = models.PositiveIntegerField()
    impressions = models.PositiveIntegerField()
    position = models.FloatField()

    class Meta:
        db_table = "desk_searched"  # its name until November 2026
        constraints = [
            models.UniqueConstraint(
                fields=["page", "first", "last"], name="searched_once_for_one_time"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="searched_in_order"),
        ]


class Query(models.Model):
    """What people type or ask, from a list that a marketer brought."""

    class Kind(models.TextChoices):
        QUERY = "query"
        QUESTION = "question"

    text = models.CharField(max_length=200)
    locale = models.CharField(max_length=10)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUERY)
    source = models.CharField(max_length=80, blank=True)
    # Searches or impressions, as the list has them: what comes first among its like.
    weight = models.PositiveIntegerField(default=0)
    # The intent that answers it already; none: a page not yet written.
    intent = models.ForeignKey(Intent, models.SET_NULL, null=True, blank=True)
    # Queries of one number want the same.
    cluster = models.PositiveIntegerField(default=0, db_index=True)
    # Somebody decided that it is none of ours.
    dismissed = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "text"], name="one_query_once_a_language")
        ]


class TitleTest(models.Model):
    """New titles on some pages, and the old ones on pages like them: which is clicked more?"""

    name = models.CharField(max_length=80)
    # What is thought to be better, and why.
    idea = models.TextField(max_length=1000)
    locale = models.CharField(max_length=10)
    days = models.PositiveSmallIntegerField(default=28)
    author = models.CharField(max_length=80)
    reviewer = models.CharField(max_length=80, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )
    # When the new titles went live, all at once.
    started = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "desk_trial"  # its name until November 2026


class TitleTestPair(models.Model):
    """Two comparable pages; which of them is changed was drawn, not chosen."""

    trial = models.ForeignKey(TitleTest, models.CASCADE, related_name="pairs")
    changed = models.ForeignKey(KeywordPage, models.CASCADE, related_name="changed_in")
    control = models.ForeignKey(KeywordPage, models.CASCADE, related_name="control_in")
    title = models.CharField(max_length=70, blank=True)
    # The version with the new title, once it is live.
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True)

    class Meta:
        db_table = "desk_trialpair"  # its name until November 2026
        constraints = [
            models.UniqueConstraint(fields=["trial", "changed"], name="changed_once_in_a_trial"),
            models.UniqueConstraint(fields=["trial", "control"], name="control_once_in_a_trial"),
        ]


class SourceLink(models.Model):
    """An address that pages name as a source, and what it answered when it was last asked."""

    address = models.CharField(max_length=500, unique=True)
    # Empty: it answered as it should; else the id of what was wrong.
    trouble = models.CharField(max_length=40, blank=True)
    # None: nobody has asked yet.
    checked = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_link"  # its name until November 2026


class ScheduledCheck(models.Model):
    """A version that was given a time: the gate looks at it once more when that comes."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="due")
    # Who gave it the time; they are told if it comes to nothing.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    # When the gate looked; None: its time has not come.
    looked = models.DateTimeField(null=True, db_index=True)
    # Why it was held back: [{"name": …, "reason": …, "mend": …}, …]; empty: it was not.
    reasons = models.JSONField(default=list)

    class Meta:
        db_table = "desk_due"  # its name until November 2026


class ExampleOrder(Job):
    """An example that is wanted: a photo that the page's preset is run on, by a worker."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="makings")
    # The upload as it came, in storage, until the example is made; or one of our own photos.
    photo = models.CharField(max_length=100, blank=True)
    sample = models.SlugField(max_length=80, blank=True)
    alt = models.CharField(max_length=200)
    caption = models.CharField(max_length=200, blank=True)
    example = models.ForeignKey(Example, models.SET_NULL, null=True, blank=True)

    class Meta(Job.Meta):
        db_table = "desk_making"  # its name until November 2026
        abstract = False
