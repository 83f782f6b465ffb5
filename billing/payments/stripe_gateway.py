from collections.abc import Iterator
from datetime import datetime

import stripe
from stripe.params import PriceCreateParams, SubscriptionUpdateParams
from stripe.params.checkout import SessionCreateParams

from billing.models import Order, StripePrice, TopUp
from billing.payments.gateway import API_VERSION, declined, id_of
from billing.prices import Pack, Plan

TIMEOUT, RETRIES, PAGE = 20, 2, 100
# An event list may name so many types.
MOST_TYPES = 20


class StripeGateway:
    """Stripe itself, by its own library. Every call that changes something may be repeated."""

    def __init__(
        self, key: str, webhook_secret: str, http_client: stripe.HTTPClient | None = None
    ) -> None:
        self.livemode = "_live_" in key
        self.webhook_secret = webhook_secret
        self.api = stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            max_network_retries=RETRIES,
            http_client=http_client or stripe.RequestsClient(timeout=TIMEOUT),
        ).v1

    def customer(self, account_id: int, email: str) -> str:
        made = self.api.customers.create(
            {"email": email, "metadata": {"account": str(account_id)}},
            {"idempotency_key": f"customer-{account_id}"},
        )
        return made.id

    def price(self, item: Pack) -> str:
        """The price at Stripe that sells this item at this cost; made the first time."""
        cost = item.cost
        name = f"packshot:{item.slug}:{cost.amount}:{cost.currency}"
        for found in self.api.prices.list({"lookup_keys": [name], "active": True}).data:
            return found.id
        params: PriceCreateParams = {
            "currency": cost.currency,
            "unit_amount": cost.amount,
            "lookup_key": name,
            "tax_behavior": "exclusive",
            "product_data": {"name": f"Packshot: {item.name}"},
        }
        if isinstance(item, Plan):
            params["recurring"] = {"interval": "month"}
        return self.api.prices.create(params, {"idempotency_key": name}).id

    def checkout(
        self, order: Order, price: StripePrice, customer: str, *, done: str, back: str
    ) -> stripe.checkout.Session:
        params: SessionCreateParams = {
            "mode": "subscription" if order.item.startswith("plan-") else "payment",
            "customer": customer,
            "client_reference_id": str(order.pk),
            "line_items": [{"price": price.pk, "quantity": 1}],
            "success_url": done,
            "cancel_url": back,
            "automatic_tax": {"enabled": True},
            "tax_id_collection": {"enabled": True},
            "billing_address_collection": "required",
            "customer_update": {"address": "auto", "name": "auto"},
            "allow_promotion_codes": True,
        }
        if params["mode"] == "payment":
            params["invoice_creation"] = {"enabled": True}
            params["adaptive_pricing"] = {"enabled": True}
            params["saved_payment_method_options"] = {"payment_method_save": "enabled"}
        return self.api.checkout.sessions.create(params, {"idempotency_key": f"order-{order.pk}"})

    def session(self, session_id: str) -> stripe.checkout.Session:
        return self.api.checkout.sessions.retrieve(session_id, {"expand": ["line_items"]})

    def invoice(self, invoice_id: str) -> stripe.Invoice:
        return self.api.invoices.retrieve(invoice_id, {"expand": ["payments"]})

    def subscription(self, subscription_id: str) -> stripe.Subscription:
        return self.api.subscriptions.retrieve(subscription_id)

    def charge(self, charge_id: str) -> stripe.Charge:
        return self.api.charges.retrieve(charge_id)

    def dispute(self, dispute_id: str) -> stripe.Dispute:
        return self.api.disputes.retrieve(dispute_id, {"expand": ["charge"]})

    def portal(self, customer: str, back: str) -> str:
        made = self.api.billing_portal.sessions.create({"customer": customer, "return_url": back})
        return made.url

    def upgrade(self, subscription_id: str, price: str) -> None:
        """From now on and for a full month from now; what is left of the old month is deducted."""
        found = self.subscription(subscription_id)
        if schedule := id_of(found.schedule):
            self.api.subscription_schedules.release(schedule)
        params: SubscriptionUpdateParams = {
            "items": [{"id": found.items.data[0].id, "price": price}],
            "billing_cycle_anchor": {"type": "now"},
            "proration_behavior": "always_invoice",
            # A declined card changes nothing.
            "payment_behavior": "error_if_incomplete",
            "cancel_at_period_end": False,
        }
        self.api.subscriptions.update(subscription_id, params)

    def downgrade(self, subscription_id: str, price: str) -> None:
        """From the end of the month that is paid for."""
        found = self.subscription(subscription_id)
        item = found.items.data[0]
        schedule = id_of(found.schedule) or (
            self.api.subscription_schedules.create({"from_subscription": subscription_id}).id
        )
        self.api.subscription_schedules.update(
            schedule,
            {
                "end_behavior": "release",
                "phases": [
                    {
                        "items": [{"price": item.price.id, "quantity": 1}],
                        "start_date": item.current_period_start,
                        "end_date": item.current_period_end,
                    },
                    {
                        "items": [{"price": price, "quantity": 1}],
                        "duration": {"interval": "month", "interval_count": 1},
                        "proration_behavior": "none",
                    },
                ],
            },
        )

    def draft_top_up(self, top_up: TopUp, customer: str, price: str) -> str:
        """An invoice for the pack, not yet paid; the same one when asked again."""
        invoice = self.api.invoices.create(
            {
                "customer": customer,
                "auto_advance": False,
                "collection_method": "charge_automatically",
                "pending_invoice_items_behavior": "exclude",
                "automatic_tax": {"enabled": True},
                "description": "Automatic top-up",
            },
            {"idempotency_key": f"top-up-{top_up.pk}"},
        )
        self.api.invoice_items.create(
            {"customer": customer, "invoice": invoice.id, "pricing": {"price": price}},
            {"idempotency_key": f"top-up-{top_up.pk}-item"},
        )
        return invoice.id

    def pay(self, invoice_id: str, customer: str) -> None:
        """Charge the customer's card without the customer; stripe.CardError when declined."""
        cards = self.api.customers.payment_methods.list(customer, {"type": "card", "limit": 1}).data
        if not cards:
            raise declined("There is no card to charge.", "no_card")
        self.api.invoices.pay(
            invoice_id,
            {"off_session": True, "payment_method": cards[0].id},
            {"idempotency_key": f"pay-{invoice_id}"},
        )

    def sessions(self, since: datetime) -> Iterator[stripe.checkout.Session]:
        return self.api.checkout.sessions.list(
            {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
        ).auto_paging_iter()

    def invoices(self, since: datetime) -> Iterator[stripe.Invoice]:
        return self.api.invoices.list(
            {"created": {"gte": int(since.timestamp())}, "status": "paid", "limit": PAGE}
        ).auto_paging_iter()

    def events(self, since: datetime, types: list[str]) -> Iterator[stripe.Event]:
        for some in range(0, len(types), MOST_TYPES):
            yield from self.api.events.list(
                {
                    "created": {"gte": int(since.timestamp())},
                    "types": types[some : some + MOST_TYPES],
                    "limit": PAGE,
                }
            ).auto_paging_iter()

    def charges(self, since: datetime, until: datetime) -> Iterator[stripe.Charge]:
        return self.api.charges.list(
            {
                "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
                "limit": PAGE,
            }
        ).auto_paging_iter()
