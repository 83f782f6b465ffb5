"""Stripe webhook view: the HTTP side of `billing.webhooks`."""

import stripe
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing import webhooks
from billing.errors import ForeignEventError


@csrf_exempt
@require_POST
def receive_webhook(request: HttpRequest) -> HttpResponse:
    try:
        webhooks.receive_event(request.body, request.headers.get("Stripe-Signature", ""))
    except (stripe.SignatureVerificationError, ValueError):
        return HttpResponse("Not signed by Stripe for us.\n", status=400, content_type="text/plain")
    except ForeignEventError:
        return HttpResponse("Not ours.\n", content_type="text/plain")
    return HttpResponse("Thank you.\n", content_type="text/plain")
