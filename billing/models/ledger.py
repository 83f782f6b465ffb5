"""The ledger's four tables. Wrong states cannot be written: the constraints say what is right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where credits came from."""

    PURCHASE = "purchase", _("Bought")
    SUBSCRIPTION = "subscription", _("Monthly plan")
    PROMO = "promo", _("Promotion")
    FREE = "free", _("Free today")
    ADJUST = "adjust", _("Adjusted by us")


class Pool(models.TextChoices):
    """Where credits can be. Outside and debt belong to no bucket."""

    OUTSIDE = "outside"
    AVAILABLE = "available"
    HELD = "held"
    CONSUMED = "consumed"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DEBT = "debt"


MOVES = {
    (Pool.OUTSIDE, Pool.AVAILABLE): _("added"),
    (Pool.AVAILABLE, Pool.HELD): _("held"),
    (Pool.HELD, Pool.CONSUMED): _("spent"),
    (Pool.HELD, Pool.AVAILABLE): _("released"),
    (Pool.HELD, Pool.EXPIRED): _("released, but past its expiry"),
    (Pool.CONSUMED, Pool.AVAILABLE): _("given back"),
    (Pool.CONSUMED, Pool.EXPIRED): _("given back, but past its expiry"),
    (Pool.AVAILABLE, Pool.EXPIRED): _("expired"),
    (Pool.AVAILABLE, Pool.REVOKED): _("taken back, or moved to another account"),
    (Pool.AVAILABLE, Pool.DEBT): _("paid a debt"),
    (Pool.DEBT, Pool.OUTSIDE): _("owed: taken back by the bank after it was spent"),
    (Pool.OUTSIDE, Pool.DEBT): _("no longer owed"),
}


class Account(models.Model):
    """Who pays: a user, a visitor without an account, or a team. Outlives them."""

    class Kind(models.TextChoices):
        USER = "user"
        VISITOR = "visitor"
        TEAM = "team"

    kind = models.CharField(max_length=7, choices=Kind)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="account"
    )
    visitor = models.OneToOneField(
        "accounts.Visitor", models.SET_NULL, null=True, related_name="account"
    )
    team = models.OneToOneField("billing.Team", models.SET_NULL, null=True, related_name="account")
    available = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    # Taken back by the bank after it was spent; what comes in next pays it first.
    debt = models.BigIntegerField(default=0)
    # Rises with every change: locking a row is writing it, which holds on every database.
    version = models.BigIntegerField(default=0)
    monthly_cap = models.PositiveBigIntegerField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    merged = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(available__gte=0, held__gte=0, debt__gte=0),
                name="account_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(debt=0) | Q(available=0), name="account_pays_its_debt_first"
            ),
            models.CheckConstraint(
                condition=Q(kind="user", visitor=None, team=None)
                | Q(kind="visitor", user=None, team=None)
                | Q(kind="team", user=None, visitor=None),
                name="account_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged=None)
                | Q(kind="visitor", merged_into__isnull=False, merged__isnull=False),
                name="account_only_visitors_merge",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.team or f"{self.get_kind_display()} {self.pk}")


class Bucket(models.Model):
    """One grant and what became of it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="buckets")
    source = models.CharField(max_length=12, choices=Source)
    # What was granted for; unique, so that nothing grants twice.
    source_ref = models.CharField(max_length=160, unique=True)
    # Which goes first of two with the same expiry: the lower.
    priority = models.SmallIntegerField(default=50)
    expires = models.DateTimeField(null=True)
    granted = models.BigIntegerField()
    available = models.BigIntegerField()
    held = models.BigIntegerField(default=0)
    consumed = models.BigIntegerField(default=0)
    expired = models.BigIntegerField(default=0)
    revoked = models.BigIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    granted=F("available") + F("held") + F("consumed") + F("expired") + F("revoked")
                ),
                name="bucket_loses_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    granted__gt=0,
                    available__gte=0,
                    held__gte=0,
                    consumed__gte=0,
                    expired__gte=0,
                    revoked__gte=0,
                ),
                name="bucket_never_below_zero",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "expires", "priority", "id"],
                condition=Q(available__gt=0),
                name="bucket_spendable",
            )
        ]


class Hold(models.Model):
    """Credits set aside for one attempt until it is delivered, or is not."""

    class State(models.TextChoices):
        HELD = "held"
        CAPTURED = "captured"
        RELEASED = "released"
        LAPSED = "lapsed"

    account = models.ForeignKey(Account, models.PROTECT, related_name="holds")
    attempt = models.CharField(max_length=64, unique=True)
    key = models.ForeignKey("billing.ApiKey", models.SET_NULL, null=True, related_name="holds")
    # Who asked for it, where they were signed in: of a team, one of several.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="holds"
    )
    state = models.CharField(max_length=8, choices=State, default=State.HELD)
    amount = models.BigIntegerField()
    captured = models.BigIntegerField(default=0)
    # Of what was captured, what went back because the result was bad.
    returned = models.BigIntegerField(default=0)
    # Why it was released, or given back.
    reason = models.CharField(max_length=40, blank=True)
    # The result came after the hold had lapsed: delivered and not charged.
    late = models.BooleanField(default=False)
    # What it was for, in words for the account page: tool, engine, megapixels, picture.
    note = models.JSONField(default=dict)
    lease_until = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True)
    given_back = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, captured__gte=0, captured__lte=F("amount")),
                name="hold_captures_no_more_than_held",
            ),
            models.CheckConstraint(
                condition=Q(state="captured", captured__gt=0)
                | (~Q(state="captured") & Q(captured=0)),
                name="hold_charges_only_when_captured",
            ),
            models.CheckConstraint(
                condition=Q(returned=0, given_back=None)
                | Q(returned=F("captured"), given_back__isnull=False),
                name="hold_gives_back_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state="held", settled=None)
                | (~Q(state="held") & Q(settled__isnull=False)),
                name="hold_settles_once",
            ),
            models.CheckConstraint(
                condition=Q(late=False) | Q(state="lapsed"), name="hold_is_late_after_lapse"
            ),
        ]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="held"), name="hold_open"),
            models.Index(fields=["account", "created"], name="hold_of_account"),
        ]


class Entry(models.Model):
    """One move of credits from one pool to another. Rows are only ever added."""

    class Kind(models.TextChoices):
        # From a visitor's account to their user's: to its owner, nothing.
        MOVED = "moved"
        # Free, held, and not spent after all.
        UNSPENT = "unspent"
        # By one of us.
        BY_HAND = "by-hand"

    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="entries")
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="entries")
    src = models.CharField(max_length=9, choices=Pool)
    dst = models.CharField(max_length=9, choices=Pool)
    amount = models.BigIntegerField()
    # What it was done for, where the pools do not say it.
    kind = models.CharField(max_length=7, choices=Kind, blank=True)
    # The page's own number of an adjustment: the same one counts once.
    ref = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=160, blank=True)
    # Who of us did it by hand; text, because people leave and entries stay.
    actor = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
            models.CheckConstraint(
                condition=Q.create(
                    [Q(src=src.value, dst=dst.value) for src, dst in MOVES], connector=Q.OR
                ),
                name="entry_is_a_known_move",
            ),
            models.UniqueConstraint(
                fields=["hold", "bucket", "src", "dst"], name="entry_once_per_hold"
            ),
            models.UniqueConstraint(
                fields=["bucket"],
                condition=Q(src="outside", dst="available"),
                name="entry_grants_a_bucket_once",
            ),
        ]
        indexes = [models.Index(fields=["account", "-id"], name="entry_of_account")]
