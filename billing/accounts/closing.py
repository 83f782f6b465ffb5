"""Closing an account: what was paid stays in the books, without a name."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User, Visitor
from billing.errors import BillingError
from billing.models import Account, ApiKey, AutoTopUp, Hold, Member, Team
from billing.payments import subscriptions

# Sent with `user` before anything is deleted: whoever keeps more of theirs deletes it now.
closes = Signal()


class StillPayingError(BillingError):
    """A plan would go on charging: it must be ended first."""

    id = "still-paying"


def close_account(user: User) -> None:
    """Delete the user with all that tells of them. Raises StillPayingError, and changes nothing."""
    account = Account.objects.filter(user=user).first()
    if account is not None and subscriptions.will_charge_again(account):
        raise StillPayingError
    with transaction.atomic():
        closes.send(sender=User, user=user)
        if account is not None:
            forget(account)
        alone = Team.objects.filter(members__user=user, members__role="owner").exclude(
            pk__in=Member.objects.filter(role="owner").exclude(user=user).values("team")
        )
        for team in alone:
            team_account = Account.objects.filter(team=team).first()
            if team_account is not None and subscriptions.will_charge_again(team_account):
                raise StillPayingError
            if team_account is not None:
                forget(team_account)
            team.delete()
        for visitor in list_visitors(user):
            theirs = Account.objects.filter(visitor=visitor).first()
            if theirs is not None:
                forget(theirs)
            visitor.delete()
        user.delete()


def list_visitors(user: User) -> QuerySet[Visitor]:
    """The user's browsers, and what came with their keys."""
    keys = ApiKey.objects.filter(account__user=user)
    return Visitor.objects.filter(Q(user=user) | Q(pk__in=keys.values("visitor")))


def forget(account: Account) -> None:
    """Nothing in the account's rows names or describes anything any more."""
    Hold.objects.filter(account=account).update(note={})
    ApiKey.objects.filter(account=account, revoked=None).update(revoked=timezone.now(), name="")
    AutoTopUp.objects.filter(account=account).delete()
