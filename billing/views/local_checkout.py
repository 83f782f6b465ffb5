"""Local checkout pages: they stand where Stripe's own would, and take no money."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from billing.models import Customer, LocalStripeObject, StripePrice
from billing.payments import local_gateway, local_till, price_ids
from billing.payments.connection import is_local_checkout
from billing.prices import Money
from billing.views.responses import my_account

View = Callable[..., HttpResponse]


def only_here(view: View) -> View:
    """There is no such page where Stripe takes the money."""

    @wraps(view)
    def page(request: HttpRequest, pk: str) -> HttpResponse:
        if not is_local_checkout() or not LocalStripeObject.objects.filter(pk=pk).exists():
            raise Http404
        return view(request, pk)

    return page


@only_here
def pay_locally(request: HttpRequest, pk: str) -> HttpResponse:
    session = local_gateway.get_object(pk)
    if request.method == "POST":
        how = request.POST.get("how", "")
        if how == "cancel":
            return redirect(session["cancel_url"])
        local_gateway.pay_session(pk, later=how == "later")
        return redirect(session["success_url"])
    price = StripePrice.objects.get(pk=session["line_items"]["data"][0]["price"]["id"])
    cost = Money(session["amount_total"], session["currency"])
    context = {"session": session, "item": price_ids.item_of(price.pk), "cost": cost}
    return render(request, "billing/local_checkout.html", context)


@only_here
def pay_local_invoice(request: HttpRequest, pk: str) -> HttpResponse:
    """Where a bank asks the card's owner, and they say yes."""
    invoice = local_gateway.get_object(pk)
    if request.method == "POST":
        local_gateway.pay_invoice(pk)
        return redirect("account")
    cost = Money(invoice["amount_due"], invoice["currency"])
    return render(request, "billing/local_invoice.html", {"invoice": invoice, "cost": cost})


@only_here
def show_local_portal(request: HttpRequest, pk: str) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    payer = my_account(request)
    if not Customer.objects.filter(pk=pk, account=payer).exists():
        raise Http404
    if request.method == "POST":
        act(pk, request.POST.get("do", ""), request.POST.get("object", ""))
        return redirect("local-billing-portal", pk)
    mine = LocalStripeObject.objects.filter(body__customer=pk).order_by("-created")
    bodies = list(mine.values_list("body", flat=True))
    return render(
        request,
        "billing/local_billing_portal.html",
        {
            "card": local_gateway.get_object(pk)["card"],
            "unpaid": [
                body
                for body in bodies
                if body["object"] == "checkout.session"
                and (body["status"], body["payment_status"]) == ("complete", "unpaid")
            ],
            "subscriptions": [body for body in bodies if body["object"] == "subscription"],
            "disputes": [
                body
                for body in bodies
                if body["object"] == "dispute" and body["status"] == "needs_response"
            ],
            "charges": [
                {**body, "money": Money(body["amount"], body["currency"])}
                for body in bodies
                if body["object"] == "charge"
            ],
        },
    )


def act(customer: str, what: str, pk: str) -> None:
    if what == "card":
        after = CARDS[local_gateway.get_object(customer)["card"]]
        local_gateway.change_object(customer, card=after)
    elif what in ACTS and LocalStripeObject.objects.filter(pk=pk, body__customer=customer).exists():
        ACTS[what](pk)


CARDS = {"works": "declines", "declines": "asks", "asks": "works"}
ACTS: dict[str, Callable[[str], None]] = {
    "pay": local_gateway.pay_session,
    "refund": local_gateway.refund_charge,
    "fail": local_till.fail_session,
    "dispute": local_till.dispute_charge,
    "win": local_till.win_dispute,
    "end": local_till.end_subscription,
    "renew": local_gateway.renew_subscription,
    "cancel": local_gateway.cancel_subscription,
}
