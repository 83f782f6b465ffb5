"""Closing an account: what was paid stays in the books, without a name."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User, Visitor
from billing.errors import BillingError
from billing.models import Account, ApiKey, Hold, Member, Team
from billing.payments import auto_top_up, checkout, customers, subscriptions

# Sent with `user` before anything is deleted: whoever keeps more of theirs deletes it now.
closes = Signal()


class StillPayingError(BillingError):
    """A plan would go on charging: it must be ended first."""

    id = "still-paying"


class SoleOwnerError(BillingError):
    """Others are in a team that would be lost: it is handed on first, or given up in so many words."""

    id = "sole-owner"

    def __init__(self, team: Team) -> None:
        super().__init__(team.name)
        self.team = team


def close_account(user: User, *, give_up_teams: bool = False) -> None:
    """Delete the user with all that tells of them. Of two who ask at once, one does.

    Raises StillPayingError, or SoleOwnerError unless the teams that nobody else owns are given up;
    and then nothing has changed.
    """
    closing = list_closing(user)
    for account in closing:
        if subscriptions.will_charge_again(account):
            raise StillPayingError
    if not give_up_teams:
        check_teams(user)
    # Stripe first, and outside of any transaction: nothing may be charged for whom we have
    # forgotten. Asked again it does no harm.
    for account in closing:
        stop_paying(account)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk).update(name=F("name")) != 1:
            return
        closes.send(sender=User, user=user)
        for account in closing:
            forget(account)
        list_own_teams(user).delete()
        for visitor in list_visitors(user):
            theirs = Account.objects.filter(visitor=visitor).first()
            if theirs is not None:
                forget(theirs)
            visitor.delete()
        User.objects.filter(pk=user.pk).delete()


def check_teams(user: User) -> None:
    """Raises SoleOwnerError for a team that others would lose."""
    for team in list_own_teams(user):
        if team.members.exclude(user=user).exists():
            raise SoleOwnerError(team)


def list_closing(user: User) -> list[Account]:
    """The accounts that go with the user: their own, and those of teams that nobody else owns."""
    return list(Account.objects.filter(Q(user=user) | Q(team__in=list_own_teams(user))))


def list_own_teams(user: User) -> QuerySet[Team]:
    """The teams that would have no owner without the user."""
    owners = Member.objects.filter(role=Member.Role.OWNER)
    return Team.objects.filter(pk__in=owners.filter(user=user).values("team")).exclude(
        pk__in=owners.exclude(user=user).values("team")
    )


def list_visitors(user: User) -> QuerySet[Visitor]:
    """The user's browsers, and what came with their keys."""
    keys = ApiKey.objects.filter(account__user=user)
    return Visitor.objects.filter(Q(user=user) | Q(pk__in=keys.values("visitor")))


def stop_paying(account: Account) -> None:
    """No page is left where somebody could still pay, and Stripe forgets who it was.

    Raises StillPayingError when a page was paid just now.
    """
    for order in checkout.open_orders(account):
        if not checkout.expire_order(order):
            raise StillPayingError
    auto_top_up.call_off(account)
    known = customers.find_customer(account)
    if known is not None:
        customers.forget(known.pk)


def forget(account: Account) -> None:
    """Nothing in the account's rows names or describes anything any more."""
    Hold.objects.filter(account=account).update(note={})
    ApiKey.objects.filter(account=account, revoked=None).update(revoked=timezone.now(), name="")
