"""Shop: the price list, buying, changing the plan."""

from contextlib import suppress
from urllib.parse import urlencode, urljoin

import stripe
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing import prices
from billing.errors import BillingError, HasPlanError
from billing.forms import BuyForm, PlanForm
from billing.limits import read_limits
from billing.models import Account, Purchase, Subscription
from billing.payments import checkout, fulfilment, subscriptions
from billing.payments.connection import is_local_checkout
from billing.views.responses import my_account, user_of
from foundation.origin import site_origin

TROUBLE = gettext_lazy(
    "The payment page did not answer. Nothing was bought; please try again in a minute."
)

HAS_PLAN = gettext_lazy("You are on a plan already: change it here.")


@require_GET
def show_pricing(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "billing/pricing.html",
        {
            "packs": prices.PACKS,
            "plans": prices.PLANS,
            "rates": prices.list_prices(),
            "limits": read_limits(),
            "local": is_local_checkout(),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def buy_credits(request: HttpRequest) -> HttpResponse:
    """To the checkout, and from there back to where the buyer was.

    Whoever must sign in first comes back by GET, and is asked once more with the price.
    """
    form = BuyForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return redirect("pricing")
    item, onward = (
        prices.find_pack_or_plan(form.cleaned_data["item"]),
        ours(request, form.cleaned_data["next"]),
    )
    if not request.user.is_authenticated:
        chosen = urlencode({"item": item.slug, "next": onward})
        return redirect_to_login(f"{reverse('checkout')}?{chosen}")
    payer = my_account(request)
    if request.method != "POST":
        context = {"item": item, "next": onward, "monthly": item in prices.PLANS}
        return render(request, "billing/checkout.html", context)
    return go_to_checkout(request, payer, item, onward)


def go_to_checkout(
    request: HttpRequest, payer: Account, item: prices.Pack, onward: str
) -> HttpResponse:
    user = user_of(request)
    origin = site_origin(request)
    done = origin + reverse("checkout-return")
    try:
        url = checkout.begin_checkout(
            payer,
            user.email,
            item,
            # Stripe puts the session's name where the braces are: they must not be quoted.
            done=f"{done}?{urlencode({'next': onward})}&session={{CHECKOUT_SESSION_ID}}",
            back=urljoin(origin, onward or reverse("pricing")),
        )
    except HasPlanError:
        messages.info(request, HAS_PLAN)
        return redirect(f"{reverse('account')}#plan")
    except stripe.StripeError:
        messages.error(request, TROUBLE)
        return redirect("pricing")
    return redirect(url)


def ours(request: HttpRequest, url: str) -> str:
    """The address, if it leads to a page of this site; else nothing."""
    host = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(url, host, require_https=request.is_secure())
    return url if safe else ""


@never_cache
@require_GET
@login_required
def show_bought(request: HttpRequest) -> HttpResponse:
    """Back from the checkout. Usually the event was quicker; if not, we look ourselves."""
    onward, session = ours(request, request.GET.get("next", "")), request.GET.get("session", "")
    with suppress(BillingError, LookupError, stripe.StripeError):
        fulfilment.fulfil_session(session)
    paid = Purchase.objects.filter(ref=fulfilment.purchase_reference(session)).exists()
    if paid and onward:
        # The counter of that page tells.
        return redirect(onward)
    if paid:
        messages.success(request, _("Thank you. Your credits are here."))
        return redirect("account")
    # The event or the hourly reconciliation will tell, and the counter of that page asks.
    messages.info(request, _("Thank you. Your credits are here as soon as the payment is."))
    return redirect(f"{reverse('account')}?awaits=1")


@require_POST
@login_required
def change_plan(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST)
    current = subscriptions.current_subscription(my_account(request))
    if not form.is_valid() or current is None:
        return redirect("pricing")
    plan = prices.find_plan(form.cleaned_data["plan"])
    try:
        if request.POST.get("sure") != "yes":
            change = subscriptions.preview_change(current, plan)
            context = {"change": change, "current": current}
            return render(request, "billing/change_plan.html", context)
        at_once = subscriptions.change_plan(current, plan)
    except stripe.CardError:
        messages.error(request, _("Your card was declined. Your plan has not changed."))
    except stripe.StripeError:
        messages.error(request, TROUBLE)
    else:
        say_changed(request, current, plan, at_once=at_once)
    return redirect("account")


def say_changed(
    request: HttpRequest, current: Subscription, plan: prices.Plan, *, at_once: bool
) -> None:
    current.refresh_from_db()
    if at_once and current.item != plan.slug:
        messages.info(request, _("The plan changes as soon as the payment is confirmed."))
        return
    now, later = _("You are on the plan %s from now on."), _("You are on %s from next month.")
    messages.success(request, (now if at_once else later) % plan.name)


@require_POST
@login_required
def keep_plan(request: HttpRequest) -> HttpResponse:
    """Call off the plan that was booked for the end of the month."""
    current = subscriptions.current_subscription(my_account(request))
    if current is None:
        return redirect("pricing")
    try:
        subscriptions.keep_plan(current)
    except stripe.StripeError:
        messages.error(request, TROUBLE)
    else:
        messages.success(request, _("You stay on the plan %s.") % current.name)
    return redirect("account")
