"""Stripe, offline: what it takes and what it answers, by the installed SDK's own types.

`Contract` is the SDK's HTTP client. It reads the bytes that the SDK sends, finds the route among
those of the SDK's services, and refuses unknown, missing and mistyped parameters as Stripe does.
It remembers idempotency keys. `Stripe` behind it keeps objects, each in a shape the SDK knows.
"""

import importlib
import json
import re
import threading
import time
import typing
import urllib.parse
import uuid
from functools import cache

import stripe

from tests.billing.stripe_types import ViolationError, check, decoded, routes


@cache
def fields(shape):
    """The names and written types of a resource's fields."""
    return {
        name: hint if isinstance(hint, str) else str(hint)
        for parent in reversed(shape.__mro__)
        for name, hint in vars(parent).get("__annotations__", {}).items()
        if not name.startswith("_") and name != "OBJECT_NAME"
    }


def named_in(hint, shape):
    """The resource class that a written type names, or None."""
    for name in re.findall(r"[A-Z][\w.]*", hint):
        last = name.split(".")[-1]
        inner = getattr(shape, last, None)
        if isinstance(inner, type) and issubclass(inner, stripe.StripeObject):
            return inner
        found = stripe
        for part in name.split("."):
            found = getattr(found, part, None)
        if (
            isinstance(found, type)
            and issubclass(found, stripe.StripeObject)
            and found is not stripe.ListObject
        ):
            return found
    return None


def follow(shape, path):
    """Raise AttributeError unless the dotted path exists in the SDK's classes."""
    for part in path.split("."):
        if part == "data":
            continue
        if shape is None or part not in fields(shape):
            raise AttributeError(f"{part} of {path}")
        shape = named_in(fields(shape)[part], shape)


def built(shape, **given):
    """An object of that shape: every field the SDK knows, the given ones filled in.

    A given field that the SDK does not know is an error: our tests must not dream.
    """
    if unknown := set(given) - set(fields(shape)):
        raise ViolationError(min(unknown), f"{shape.__name__} has no such field")
    plain = {"<class 'bool'>": False, "<class 'int'>": 0}
    body = {name: plain.get(hint) for name, hint in fields(shape).items()}
    return {**body, "object": shape.OBJECT_NAME, "created": int(time.time()), **given}


def as_list(*data):
    return {"object": "list", "data": list(data), "has_more": False, "url": "/v1/x"}


class OverError(Exception):
    """Stripe refuses to end what has ended."""


class Stripe:
    """The objects there are, and how long it takes to answer for one."""

    SHAPES: typing.ClassVar = {
        "cs": stripe.checkout.Session,
        "sub": stripe.Subscription,
        "in": stripe.Invoice,
        "ch": stripe.Charge,
        "dp": stripe.Dispute,
        "price": stripe.Price,
        "cus": stripe.Customer,
        "ii": stripe.InvoiceItem,
        "pm": stripe.PaymentMethod,
        "bps": stripe.billing_portal.Session,
        "sub_sched": stripe.SubscriptionSchedule,
        "evt": stripe.Event,
        "re": stripe.Refund,
        "cn": stripe.CreditNote,
        "issfr": stripe.radar.EarlyFraudWarning,
        "acct": stripe.Account,
    }
    LISTS: typing.ClassVar = {
        "/v1/checkout/sessions": "cs",
        "/v1/invoices": "in",
        "/v1/invoiceitems": "ii",
        "/v1/events": "evt",
        "/v1/charges": "ch",
        "/v1/prices": "price",
        "/v1/customers": "cus",
        "/v1/refunds": "re",
        "/v1/billing_portal/sessions": "bps",
        "/v1/subscription_schedules": "sub_sched",
        "/v1/customers/{customer}/payment_methods": "pm",
    }

    def __init__(self):
        self.objects = {}
        self.delays = {}
        self.calls = []
        self.declines = set()
        self.previewed = []
        # The idempotency keys that were sent, in their order.
        self.keys = []
        # What comes after the first page of a list that an object holds.
        self.pages = {}
        self.lock = threading.Lock()

    def add(self, kind, **given):
        pk = given.pop("id", f"{kind}_{uuid.uuid4().hex}")
        body = built(self.SHAPES[kind], id=pk, **given)
        self.objects[pk] = body
        return body

    def event(self, kind, body, **given):
        """An event as Stripe posts it: the object as it is now."""
        event = {
            "id": f"evt_{uuid.uuid4().hex}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": int(time.time()),
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
            "data": {"object": json.loads(json.dumps(body))},
            **given,
        }
        self.objects[event["id"]] = event
        return event

    def answer(self, method, template, path, data):
        self.calls.append((method, template, data))
        if template in self.LISTS:
            kind = self.LISTS[template]
            return self.create(kind, data) if method == "post" else self.list(kind, data)
        if path in self.pages:
            return as_list(*self.pages[path])
        if template == "/v1/account":
            return built(stripe.Account, id="acct_1")
        if template == "/v1/invoices/create_preview":
            return self.preview(data)
        pk = path.split("/")[3 + ("checkout" in path or "radar" in path)]
        if pk not in self.objects:
            return None
        return (
            self.act(pk, template)
            if method != "get" and self.acts(template, method)
            else (self.update(pk, data) if method == "post" else self.read(pk, data))
        )

    @staticmethod
    def acts(template, method):
        ends = ("/pay", "/release", "/expire", "/void")
        return method == "delete" or template.endswith(ends)

    def act(self, pk, template):
        if template.endswith("/pay"):
            return self.pay(pk)
        if template.endswith("/release"):
            return self.objects[pk]
        if template.endswith(("/expire", "/void")):
            return self.end(pk, "expired" if template.endswith("/expire") else "void")
        self.objects[pk].update(deleted=True)
        return {"id": pk, "object": self.objects[pk]["object"], "deleted": True}

    def update(self, pk, data):
        plain = ("metadata", "description", "email")
        self.objects[pk].update({name: data[name] for name in plain if name in data})
        return self.objects[pk]

    def read(self, pk, data):
        body = json.loads(json.dumps(self.objects[pk]))
        time.sleep(self.delays.get(pk, lambda: 0)())
        for name in ("charge", "schedule", "latest_invoice"):
            if name in data.get("expand", []) and isinstance(body.get(name), str):
                body[name] = self.objects[body[name]]
        return body

    def end(self, pk, status):
        if self.objects[pk]["status"] in ("complete", "paid"):
            raise OverError("Only open sessions and invoices can be ended.")
        self.objects[pk]["status"] = status
        return self.objects[pk]

    def preview(self, data):
        """What Stripe would say an upgrade costs now; the tests say it."""
        lines = [built(stripe.InvoiceLineItem, **line) for line in self.previewed]
        due = max(0, sum(line["amount"] for line in lines))
        return built(
            stripe.Invoice, id="upcoming_in", lines=as_list(*lines), amount_due=due, currency="usd"
        )

    def pay(self, pk):
        invoice = self.objects[pk]
        if invoice["customer"] in self.declines:
            raise ViolationError("payment_method", "Your card was declined")
        invoice.update(status="paid", amount_paid=invoice["amount_due"])
        return invoice

    def create(self, kind, data):
        shape = fields(self.SHAPES[kind])
        given = {name: value for name, value in data.items() if name in shape and value != ""}
        given.pop("line_items", None)
        if "url" in shape:
            given["url"] = "https://stripe.test/somewhere"
        return self.add(kind, **given)

    def list(self, kind, data):
        found = [body for pk, body in self.objects.items() if pk.startswith(f"{kind}_")]
        since = int(data.get("created", {}).get("gte", 0))
        until = int(data.get("created", {}).get("lt", 2**40))
        found = [body for body in found if since <= body["created"] < until]
        for name in ("status", "type", "payment_intent", "charge"):
            if name in data:
                found = [body for body in found if body.get(name) == data[name]]
        if "subscription" in data:
            found = [body for body in found if subscription_of(body) == data["subscription"]]
        if "types" in data:
            found = [body for body in found if body["type"] in data["types"]]
        if "lookup_keys" in data:
            found = [body for body in found if body["lookup_key"] in data["lookup_keys"]]
        return as_list(*found)


def subscription_of(invoice):
    details = (invoice["parent"] or {}).get("subscription_details") or {}
    return details.get("subscription")


class Contract(stripe.HTTPClient):
    name = "contract"

    def __init__(self, behind):
        super().__init__()
        self.behind = behind
        self.answered = {}

    def request(self, method, url, headers, post_data=None, **_):
        path = urllib.parse.urlsplit(url)
        sent = post_data.decode() if isinstance(post_data, bytes) else post_data or ""
        data = decoded(sent if method == "post" else path.query)
        route = next(
            (each for each in routes() if each.method == method and each.pattern.match(path.path)),
            None,
        )
        if route is None:
            return refusal(404, f"Unrecognized request URL ({method.upper()}: {path.path})")
        if not headers.get("Stripe-Version"):
            return refusal(400, "no version")
        if route.params:
            module, name = route.params
            try:
                check(data, getattr(importlib.import_module(module), name))
            except ViolationError as violation:
                return refusal(400, str(violation), violation.param)
        key = headers.get("Idempotency-Key")
        self.behind.keys.append(key)
        with self.behind.lock:
            if key in self.answered:
                asked, answer = self.answered[key]
                if asked != (route.template, sent):
                    words = "Keys for idempotent requests can only be used with the same parameters"
                    return refusal(400, words, kind="idempotency_error")
                return answer
        answer = self.answered_by(route, path.path, data)
        if key and method == "post":
            self.answered[key] = ((route.template, sent), answer)
        return answer

    def answered_by(self, route, path, data):
        try:
            body = self.behind.answer(route.method, route.template, path, data)
        except OverError as over:
            return refusal(400, str(over))
        except ViolationError as declined:
            return refusal(402, str(declined), kind="card_error", code="card_declined")
        if body is None:
            return refusal(404, f"No such object: {path}", "id", code="resource_missing")
        return json.dumps(body), 200, {"Request-Id": "req_test"}

    def close(self):
        pass


def refusal(status, words, param=None, kind="invalid_request_error", code=None):
    error = {"type": kind, "message": words, "param": param, "code": code}
    return json.dumps({"error": error}), status, {"Request-Id": "req_test"}
