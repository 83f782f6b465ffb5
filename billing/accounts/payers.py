"""The account that pays for what a visitor or user does."""

from accounts.models import User, Visitor
from billing.credits import account_merge
from billing.models import Account, Member


def account_of_visitor(visitor: Visitor) -> Account:
    """The account that pays for this visitor's attempts, made on first use.

    Signed in: their team's, where they chose so, else the user's own; what the visitor had before
    signing in is merged into the user's, once.
    """
    if visitor.user is None:
        return own_account(visitor)
    bring_along(visitor, visitor.user)
    return account_of_user(visitor.user)


def account_of_user(user: User) -> Account:
    """The account that pays for what this user does."""
    return team_account(user) or user_account(user)


def signed_in(visitor: Visitor, user: User) -> None:
    """The visitor is this user from now on, if they were nobody yet."""
    Visitor.objects.filter(pk=visitor.pk, user=None).update(user=user)
    visitor.refresh_from_db()
    if visitor.user == user:
        bring_along(visitor, user)


def bring_along(visitor: Visitor, user: User) -> None:
    left_behind = Account.objects.filter(visitor=visitor, merged_into=None).first()
    if left_behind is not None:
        account_merge.merge_accounts(left_behind, user_account(user))


def own_account(visitor: Visitor) -> Account:
    account, _ = Account.objects.get_or_create(
        visitor=visitor, defaults={"kind": Account.Kind.VISITOR}
    )
    return account


def user_account(user: User) -> Account:
    account, _ = Account.objects.get_or_create(user=user, defaults={"kind": Account.Kind.USER})
    return account


def team_account(user: User) -> Account | None:
    """The account of the team that pays for this user, if one does."""
    paying = Member.objects.filter(user=user, pays=True).select_related("team").first()
    if paying is None:
        return None
    account, _ = Account.objects.get_or_create(
        team=paying.team, defaults={"kind": Account.Kind.TEAM}
    )
    return account


def accounts_behind(account: Account) -> list[Account]:
    """The account, and those of visitors that were merged into it."""
    return [account, *Account.objects.filter(merged_into=account)]
