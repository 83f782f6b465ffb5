"""Teams: several people, one account."""

from django.db import IntegrityError, transaction

from accounts.models import User
from billing import emails
from billing.models import Account, Member, Team


def found_team(user: User, name: str) -> Team:
    """A new team, with this user as its owner; it pays for them from now on."""
    with transaction.atomic():
        team = Team.objects.create(name=name)
        Account.objects.create(kind=Account.Kind.TEAM, team=team)
        member = Member.objects.create(team=team, user=user, email=user.email, owner=True)
        choose_payer(user, member)
    return team


def invite_member(team: Team, email: str) -> bool:
    """Ask somebody to join; False when they were asked before."""
    try:
        with transaction.atomic():
            member = Member.objects.create(team=team, email=email.lower())
            emails.email_invitation(member)
    except IntegrityError:
        return False
    return True


def list_invitations(user: User) -> list[Member]:
    waiting = Member.objects.filter(user=None, email__iexact=user.email)
    return list(waiting.select_related("team"))


def accept_invitation(user: User, pk: int) -> bool:
    """Join: once, and only who was asked. The team pays from now on."""
    asked = Member.objects.filter(pk=pk, user=None, email__iexact=user.email)
    with transaction.atomic():
        if asked.update(user=user) != 1:
            return False
        choose_payer(user, Member.objects.get(pk=pk))
    return True


def leave_team(member: Member) -> bool:
    """Go, or be sent away. A team keeps at least one owner."""
    with transaction.atomic():
        # The team's rows are written first: of two owners who leave at once, one stays.
        Team.objects.filter(pk=member.team_id).update(name=member.team.name)
        others = Member.objects.filter(team=member.team_id, owner=True).exclude(pk=member.pk)
        if member.owner and not others.exists():
            return False
        return Member.objects.filter(pk=member.pk).delete()[0] == 1


def choose_payer(user: User, member: Member | None) -> None:
    """Who pays for what the user starts from now on: a team they are in, or nobody but them."""
    with transaction.atomic():
        Member.objects.filter(user=user, pays=True).update(pays=False)
        if member is not None:
            Member.objects.filter(pk=member.pk, user=user).update(pays=True)


def list_memberships(user: User) -> list[Member]:
    return list(Member.objects.filter(user=user).select_related("team").order_by("team__name"))
