"""API key and team forms of the account page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from billing.accounts import api_keys, payers, roles, teams
from billing.accounts.roles import Right
from billing.errors import TooManyInvitedError
from billing.forms import InviteForm, KeyForm, MemberForm, TeamForm
from billing.models import Account, Member
from billing.views.responses import answered, my_account, user_of


@require_POST
@login_required
def issue_key(request: HttpRequest) -> HttpResponse:
    payer, form = my_account(request), KeyForm(request.POST)
    if not form.is_valid():
        if "name" in form.errors:
            return answered(request, _("Give the key a name."), ok=False)
        said = [str(error) for errors in form.errors.values() for error in errors]
        return answered(request, " ".join(said), ok=False)
    issued = api_keys.issue_key(payer, user=user_of(request), **form.wanted())
    # Its secret is shown on the next page, once.
    request.session["new_key"] = issued[1]
    return redirect("account")


@require_POST
@login_required
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    api_keys.revoke_key(my_account(request), pk)
    return answered(request, _("The key no longer works."), ok=True)


@require_POST
@login_required
def found_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST)
    if not form.is_valid():
        return answered(request, _("Give the team a name."), ok=False)
    try:
        teams.found_team(user_of(request), form.cleaned_data["name"])
    except TooManyInvitedError:
        return answered(request, _("You own as many teams as one can."), ok=False)
    return answered(request, _("The team is there. It has credits of its own."), ok=True)


@require_POST
@login_required
def invite_to_team(request: HttpRequest) -> HttpResponse:
    payer, form = my_account(request, Right.PEOPLE), InviteForm(request.POST)
    if payer.team is None:
        raise PermissionDenied
    if not form.is_valid():
        return answered(request, _("That is not an e-mail address."), ok=False)
    email = form.cleaned_data["email"].lower()
    try:
        asked = teams.invite_member(payer.team, email)
    except TooManyInvitedError:
        said = _("The team is full, or has invited enough people for today.")
        return answered(request, said, ok=False)
    if not asked:
        return answered(request, _("They are invited already."), ok=False)
    return answered(request, _("%(email)s is invited.") % {"email": email}, ok=True)


@require_POST
@login_required
def join_team(request: HttpRequest, pk: int) -> HttpResponse:
    if not teams.accept_invitation(user_of(request), pk):
        return answered(request, _("That invitation is no longer there."), ok=False)
    return answered(request, _("You are in. The team pays from now on."), ok=True)


@require_POST
@login_required
def leave_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a team, or send somebody away from one's own."""
    user = user_of(request)
    member = get_object_or_404(Member.objects.select_related("team"), pk=pk)
    if member.user_id != user.pk:
        check_rules(user, member)
    if not teams.leave_team(member):
        return answered(request, _("A team keeps at least one owner."), ok=False)
    said = _("%(email)s is no longer in %(team)s.")
    return answered(request, said % {"email": member.email, "team": member.team.name}, ok=True)


def check_rules(user: User, member: Member) -> None:
    """Raises PermissionDenied for who does not say who is in the member's team."""
    account = Account.objects.filter(team=member.team_id).first()
    if account is None or not roles.may(user, account, Right.PEOPLE):
        raise PermissionDenied


@require_POST
@login_required
def change_member(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's role, and the most that the team pays for them in a month."""
    member = get_object_or_404(Member.objects.select_related("team"), pk=pk)
    check_rules(user_of(request), member)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return answered(request, _("Enter a whole number of credits, or leave it empty."), ok=False)
    if not teams.set_role(member, Member.Role(form.cleaned_data["role"])):
        return answered(request, _("A team keeps at least one owner."), ok=False)
    Member.objects.filter(pk=pk).update(monthly_cap=form.cleaned_data["monthly_cap"])
    return answered(request, _("Saved."), ok=True)


@require_POST
@login_required
def choose_payer(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    wanted = request.POST.get("member", "")
    member = get_object_or_404(Member, pk=int(wanted), user=user) if wanted.isdecimal() else None
    teams.choose_payer(user, member)
    return answered(request, said_of(payers.account_of_user(user)), ok=True)


def said_of(payer: Account) -> str:
    if payer.team is None:
        return _("You pay yourself from now on.")
    return _("%(team)s pays from now on.") % {"team": payer.team.name}
