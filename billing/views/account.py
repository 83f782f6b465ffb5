"""Account page: what there is, where it went, and what may be spent."""

import csv
from collections.abc import Iterator
from typing import Any

import stripe
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from billing import prices
from billing.accounts import (
    api_keys,
    closing,
    free_allowance,
    payers,
    request_account,
    roles,
    statements,
    teams,
)
from billing.accounts.roles import Right
from billing.credits import holds
from billing.errors import BillingError, TooManyGivenBackError
from billing.forms import CapForm, GiveBackForm, InviteForm, KeyForm, RefillForm, TeamForm
from billing.limits import read_limits
from billing.models import Account, AutoTopUp, Hold, Member, TopUp
from billing.payments import customers, subscriptions
from billing.payments.connection import open_gateway
from billing.views.responses import answered, my_account, user_of
from foundation.csv_cells import quote_cell
from foundation.origin import site_origin


@never_cache
@require_GET
def show_account(request: HttpRequest) -> HttpResponse:
    payer = request_account.find_paying_account(request)
    if payer is None:
        return render(request, "billing/no_account.html")
    before = request.GET.get("before", "")
    lines = statements.list_movements(
        payer,
        request_account.find_reader(request),
        before=int(before[:18]) if before.isdecimal() else 0,
    )
    context = {
        "account": payer,
        "balance": request_account.read_balance(request, payer),
        "movements": lines,
        "older": lines[-1].pk if len(lines) == statements.PAGE else 0,
        "give_back_reasons": holds.GIVE_BACK_REASONS,
        "plans": prices.PLANS,
        # Just back from the checkout: the payment may still be on its way.
        "awaits": "awaits" in request.GET,
    }
    if request.user.is_authenticated:
        context |= for_users(request, payer)
    return render(request, "billing/account.html", context)


def for_users(request: HttpRequest, payer: Account) -> dict[str, Any]:
    user = user_of(request)
    plan = subscriptions.current_subscription(payer)
    refill = AutoTopUp.objects.filter(account=payer).first()
    team = Member.objects.filter(team=payer.team_id, user=user).first() if payer.team_id else None
    return {
        "plan": plan,
        "asked_url": asked.pay_url if (asked := find_asked(payer)) else "",
        "keys": api_keys.list_keys(payer),
        "new_key": request.session.pop("new_key", ""),
        "cap_form": CapForm(initial={"monthly_cap": payer.monthly_cap}),
        "key_form": KeyForm(),
        "refill": refill,
        "refill_form": RefillForm(initial=as_initial(refill)),
        "membership": team,
        "members": Member.objects.filter(team=payer.team_id) if payer.team_id else [],
        "memberships": teams.list_memberships(user),
        "invitations": teams.list_invitations(user),
        "own_teams": [team for team in closing.list_own_teams(user) if team.members.count() > 1],
        "team_form": TeamForm(),
        "invite_form": InviteForm(),
        "may_manage": roles.may(user, payer, Right.MONEY),
        "rules": roles.may(user, payer, Right.PEOPLE),
        "roles": Member.Role.choices,
    }


def find_asked(payer: Account) -> TopUp | None:
    """The automatic top-up that a bank asks about."""
    return payer.top_ups.filter(state=TopUp.State.ASKED).first()


def as_initial(refill: AutoTopUp | None) -> dict[str, Any]:
    if refill is None:
        return {}
    return {
        "notice_below": refill.notice_below,
        "item": refill.item,
        "below": refill.below,
        "monthly_limit": int(prices.Money(refill.monthly_limit).units),
    }


@never_cache
@require_GET
def show_balance(request: HttpRequest) -> JsonResponse:
    """For the counter on every page: what is left now."""
    payer = request_account.find_paying_account(request)
    if payer is None:
        return JsonResponse({"available": None, "held": 0, "signed_in": False})
    free = request_account.find_free_day(request, payer)
    left = {"available": free_allowance.count_spendable(payer, free), "held": payer.held}
    return JsonResponse({**left, "signed_in": request.user.is_authenticated})


class Echo:
    def write(self, value: str) -> str:
        return value


@require_GET
def export_ledger(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every entry of the account's ledger, as CSV."""
    payer = request_account.find_paying_account(request)
    if payer is None:
        return redirect("account")
    answer = StreamingHttpResponse(
        csv_lines(payer, request_account.find_reader(request)),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="packshot-credits.csv"'
    return answer


def csv_lines(payer: Account, reader: User | None) -> Iterator[str]:
    writer = csv.writer(Echo())
    columns = ["when (UTC)", "what", "credits", "from", "attempt", "tool", "photo", "reason"]
    yield writer.writerow(columns)
    for line in statements.list_all_entries(payer, reader):
        note = (str(line.note.get(name, "")) for name in ("tool", "photo"))
        row = [line.at.isoformat(), line.what, line.amount, line.source, line.attempt, *note]
        yield writer.writerow([quote_cell(cell) for cell in (*row, line.reason)])


@require_POST
def give_back(request: HttpRequest) -> HttpResponse:
    """Bad result? Credits back."""
    payer, form = request_account.find_paying_account(request), GiveBackForm(request.POST)
    if payer is None or not form.is_valid():
        return answered(request, _("Choose what is wrong with the result."), ok=False)
    attempt = form.cleaned_data["attempt"]
    mine = payers.accounts_behind(payer)
    found = Hold.objects.select_related("account").filter(attempt=attempt, account__in=mine).first()
    if found is None or not statements.is_asked_by(found, request_account.find_reader(request)):
        return answered(request, _("This result is not on your account."), ok=False)
    try:
        back = holds.give_back(attempt, form.cleaned_data["reason"])
    except TooManyGivenBackError as refused:
        return answered(request, words(refused.id, refused.limit), ok=False)
    except BillingError as refused:
        return answered(request, words(refused.id), ok=False)
    said = ngettext(
        "%(back)s credit is back on your account. Thank you for telling us.",
        "%(back)s credits are back on your account. Thank you for telling us.",
        back,
    )
    return answered(request, said % {"back": back}, ok=True)


def words(refusal: str, limit: str = "") -> str:
    hours = read_limits().give_back_hours
    return {
        "nothing-to-give-back": _("Nothing was charged for this result."),
        "too-late-to-give-back": _("Credits are given back within %(hours)s hours of the result.")
        % {"hours": hours},
        "too-many-given-back-day": _(
            "Many of your results were refunded today. Try again tomorrow, or write to us: we would "
            "like to know what goes wrong."
        ),
        "too-many-given-back-share": _(
            "A large share of your results was refunded this month. Write to us: we would like "
            "to know what goes wrong."
        ),
    }.get(f"{refusal}-{limit}" if limit else refusal, _("This cannot be refunded."))


@require_POST
@login_required
def set_caps(request: HttpRequest) -> HttpResponse:
    payer, form = my_account(request), CapForm(request.POST)
    if not form.is_valid():
        return answered(request, _("Enter a whole number of credits, or leave it empty."), ok=False)
    Account.objects.filter(pk=payer.pk).update(monthly_cap=form.cleaned_data["monthly_cap"])
    return answered(request, _("Your monthly limit is saved."), ok=True)


@require_POST
@login_required
def set_auto_top_up(request: HttpRequest) -> HttpResponse:
    payer, form = my_account(request), RefillForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(word) for each in form.errors.values() for word in each)
        return answered(request, said, ok=False)
    # Saved again after a declined card: it may go on.
    settings = {**form.cleaned_data, "stopped": ""}
    AutoTopUp.objects.update_or_create(account=payer, defaults=settings)
    return answered(request, _("Saved."), ok=True)


@require_POST
@login_required
def open_portal(request: HttpRequest) -> HttpResponse:
    """Invoices, cards and the end of a plan are Stripe's own pages."""
    payer = my_account(request)
    customer = customers.find_customer(payer)
    if customer is None:
        return answered(request, _("There are no invoices yet."), ok=False)
    back = site_origin(request) + reverse("account")
    try:
        return redirect(open_gateway().portal(customer.pk, back))
    except stripe.StripeError:
        return answered(request, _("The invoices cannot be reached just now."), ok=False)


@require_POST
@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        return answered(request, _("Tick the box to say that you are sure."), ok=False)
    user = user_of(request)
    try:
        closing.close_account(user, give_up_teams=request.POST.get("teams") == "yes")
    except closing.StillPayingError:
        said = _("Cancel your plan first, so you are not charged again.")
        return answered(request, said, ok=False)
    except closing.SoleOwnerError as refused:
        said = _(
            "You are the only owner of %(team)s. Make somebody else its owner first, or tick that "
            "it is deleted with its credits."
        )
        return answered(request, said % {"team": refused.team.name}, ok=False)
    except stripe.StripeError:
        said = _("The payment service did not answer, so nothing is deleted yet. Please try again.")
        return answered(request, said, ok=False)
    logout(request)
    messages.success(request, _("Your account and its data are deleted."))
    return redirect("/")
