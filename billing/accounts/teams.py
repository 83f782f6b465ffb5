"""Teams: several people, one account."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from billing import emails
from billing.errors import TooManyInvitedError
from billing.limits import read_limits
from billing.models import Account, ApiKey, Member, Team

Role = Member.Role


def found_team(user: User, name: str) -> Team:
    """A new team, with this user as its owner; it pays for them from now on.

    Raises TooManyInvitedError for who owns as many as one may.
    """
    with transaction.atomic():
        # Locked, or two forms at once would each find room for one.
        User.objects.filter(pk=user.pk).update(name=F("name"))
        if user.memberships.filter(role=Role.OWNER).count() >= read_limits().teams_a_user:
            raise TooManyInvitedError
        team = Team.objects.create(name=name)
        Account.objects.create(kind=Account.Kind.TEAM, team=team)
        member = Member.objects.create(team=team, user=user, email=user.email, role=Role.OWNER)
        choose_payer(user, member)
    return team


def invite_member(team: Team, email: str) -> bool:
    """Ask somebody to join; False when they were asked before.

    Raises TooManyInvitedError when the team has asked enough for today, or is full.
    """
    try:
        with transaction.atomic():
            check_invitations(lock_team(team.pk))
            member = Member.objects.create(team=team, email=email.lower())
            emails.email_invitation(member)
    except IntegrityError:
        return False
    return True


def lock_team(pk: int) -> Team:
    """Nobody else changes who is in the team until the transaction ends."""
    Team.objects.filter(pk=pk).update(name=F("name"))
    return Team.objects.get(pk=pk)


def check_invitations(team: Team) -> None:
    today, bounds = timezone.now().date(), read_limits()
    so_far = team.invited if team.invited_on == today else 0
    if so_far >= bounds.invitations_a_day or team.members.count() >= bounds.members_a_team:
        raise TooManyInvitedError
    Team.objects.filter(pk=team.pk).update(invited_on=today, invited=so_far + 1)


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


def set_role(member: Member, role: Role) -> bool:
    """Share ownership, hand it on or give it up. False: a team keeps at least one owner, and
    whoever has not joined yet has no role.
    """
    with transaction.atomic():
        lock_team(member.team_id)
        if role != Role.OWNER and is_last_owner(member):
            return False
        return Member.objects.filter(pk=member.pk, user__isnull=False).update(role=role) == 1


def is_last_owner(member: Member) -> bool:
    owners = Member.objects.filter(team=member.team_id, role=Role.OWNER)
    return owners.filter(pk=member.pk).exists() and not owners.exclude(pk=member.pk).exists()


def leave_team(member: Member) -> bool:
    """Go, or be sent away, and every key of theirs with them. A team keeps at least one owner."""
    with transaction.atomic():
        # Locked first: of two owners who leave at once, one stays.
        lock_team(member.team_id)
        if is_last_owner(member):
            return False
        if member.user_id is not None:
            theirs = ApiKey.objects.filter(account__team=member.team_id, user=member.user_id)
            theirs.filter(revoked=None).update(revoked=timezone.now())
        return Member.objects.filter(pk=member.pk).delete()[0] == 1


def choose_payer(user: User, member: Member | None) -> None:
    """Who pays for what the user starts from now on: a team they are in, or nobody but them."""
    with transaction.atomic():
        Member.objects.filter(user=user, pays=True).update(pays=False)
        if member is not None:
            Member.objects.filter(pk=member.pk, user=user).update(pays=True)


def list_memberships(user: User) -> list[Member]:
    return list(Member.objects.filter(user=user).select_related("team").order_by("team__name"))
