"""Roles: who may do what with an account. Every form and view of money asks `may`, and nothing else."""

from enum import Enum

from accounts.models import User
from billing.models import Account, Member

Role = Member.Role


class Right(Enum):
    """What somebody wants to do; the values are the roles that may, in an account of a team."""

    # Spend its credits, and see what they spent themselves.
    SPEND = frozenset(Role)
    # Buy and change plans; see invoices, cards and every row; set top-ups, limits and keys.
    MONEY = frozenset({Role.OWNER, Role.BILLING})
    # Say who is in the team and what they may.
    PEOPLE = frozenset({Role.OWNER})


def may(user: User, account: Account, right: Right) -> bool:
    """Whether the user has the right to the account; to their own they have every one."""
    if account.team_id is None:
        return account.user_id == user.pk
    found = Member.objects.filter(team=account.team_id, user=user)
    return found.filter(role__in=[role.value for role in right.value]).exists()


def may_spend(user_id: int | None, account: Account) -> bool:
    """Whether a key of this person still spends from the account."""
    if account.team_id is None:
        return True
    members = Member.objects.filter(team=account.team_id)
    if user_id is None:
        # Made on the server for the server's own account, which has no members: a key of somebody who
        # is gone is in a team that has.
        return not members.exists()
    return members.filter(user=user_id).exists()
