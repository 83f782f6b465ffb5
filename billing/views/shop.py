"""The price list, and the way to the till."""

import stripe
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from billing import checkouts, payers, prices, purchases, subscriptions
from billing.errors import BillingError
from billing.forms import BuyForm, PlanForm
from billing.gateways import is_local
from billing.limits import limits

TROUBLE = "The till did not answer. Nothing was bought; please try again in a minute."


@require_GET
def pricing(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "billing/pricing.html",
        {
            "packs": prices.PACKS,
            "plans": prices.PLANS,
            "rates": prices.listed(),
            "limits": limits(),
            "local": is_local(),
            "canonical": request.build_absolute_uri(reverse("pricing")),
        },
    )


@require_POST
@login_required
def buy(request: HttpRequest) -> HttpResponse:
    """To the till, and from there back to the account."""
    form = BuyForm(request.POST)
    if not form.is_valid():
        return redirect("pricing")
    assert isinstance(request.user, User)  # noqa: S101  login_required says so
    done = request.build_absolute_uri(reverse("bought")) + "?session={CHECKOUT_SESSION_ID}"
    try:
        url = checkouts.begin(
            payers.account_of(request.user),
            request.user.email,
            prices.sold(form.cleaned_data["item"]),
            done=done,
            back=request.build_absolute_uri(reverse("pricing")),
        )
    except stripe.StripeError:
        messages.error(request, TROUBLE)
        return redirect("pricing")
    return redirect(url)


@require_GET
@login_required
def bought(request: HttpRequest) -> HttpResponse:
    """Back from the till. Usually the event was quicker; if not, we look ourselves."""
    try:
        purchases.fulfil_session(request.GET.get("session", ""))
    except (BillingError, LookupError, stripe.StripeError):
        # The event or the hourly reconciliation will tell.
        messages.info(request, "Your payment is on its way; the credits follow it.")
    else:
        messages.success(request, "Thank you. Your credits are here as soon as the payment is.")
    return redirect("account")


@require_POST
@login_required
def change_plan(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST)
    assert isinstance(request.user, User)  # noqa: S101  login_required says so
    current = subscriptions.current(payers.account_of(request.user))
    if not form.is_valid() or current is None:
        return redirect("pricing")
    plan = prices.plan(form.cleaned_data["plan"])
    try:
        at_once = subscriptions.change(current, plan)
    except stripe.CardError:
        messages.error(request, "Your card was declined. Your plan has not changed.")
    except stripe.StripeError:
        messages.error(request, TROUBLE)
    else:
        when = "from now on" if at_once else "when this month ends"
        messages.success(request, f"You are on the plan {plan.name} {when}.")
    return redirect("account")
