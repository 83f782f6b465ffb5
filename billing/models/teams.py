from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """People who pay from one account."""

    name = models.CharField(max_length=60)
    # How many were invited on a day: who is invited and sent away again is invited all the same.
    invited = models.PositiveIntegerField(default=0)
    invited_on = models.DateField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A user's place in a team. Until they accept, only the address is known."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        # Looks after the money, and not after who is in the team.
        BILLING = "billing", _("billing admin")
        MEMBER = "member", _("member")

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="memberships"
    )
    email = models.EmailField()
    role = models.CharField(max_length=7, choices=Role, default=Role.MEMBER)
    # The most that the team pays for this member in a month, with their keys.
    monthly_cap = models.PositiveBigIntegerField(null=True)
    # Whether the team pays for what this member starts; else their own account does.
    pays = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "email"], name="member_once_per_team"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(pays=True), name="member_paid_by_one_team"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(role="member", pays=False),
                name="member_invited_has_no_rights",
            ),
        ]


class ApiKey(models.Model):
    """A key that may spend an account's credits. The secret itself is shown once and not kept."""

    account = models.ForeignKey("billing.Account", models.CASCADE, related_name="keys")
    # Who made it, nobody where that was on the server; it works as long as they may spend from the account.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="keys"
    )
    name = models.CharField(max_length=60)
    # The beginning of the secret, by which its owner tells it from others.
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    monthly_cap = models.PositiveBigIntegerField(null=True)
    # What it makes costs nothing and is marked.
    sandbox = models.BooleanField(default=False)
    # What it may do, by name; empty: everything.
    scopes = models.JSONField(default=list, blank=True)
    # Megapixels that it may send in a minute, and how many it has since the minute began.
    rate_limit = models.PositiveIntegerField(default=500)
    minute_began = models.DateTimeField(null=True)
    minute_units = models.PositiveIntegerField(default=0)
    # Who has the photos that come with this key.
    visitor = models.OneToOneField("accounts.Visitor", models.SET_NULL, null=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
