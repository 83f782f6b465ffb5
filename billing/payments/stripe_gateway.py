from functools import cached_property

import stripe
from stripe.params import PriceCreateParams, SubscriptionUpdateParams
from stripe.params.checkout import SessionCreateParams

from billing.models import Order, StripePrice, TopUp
from billing.payments.gateway import API_VERSION, declined, id_of
from billing.payments.stripe_reading import StripeReading
from billing.prices import Pack, Plan

TIMEOUT, RETRIES = 20, 2


class StripeGateway(StripeReading):
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

    @cached_property
    def name(self) -> str:
        mode = "live" if self.livemode else "test"
        return f"{mode} {self.api.accounts.retrieve_current().id}"

    def customer(self, account_id: int, email: str, again: int = 0) -> str:
        # A customer that Stripe deleted is followed by another.
        key = f"customer-{account_id}-{again}" if again else f"customer-{account_id}"
        made = self.api.customers.create(
            {"email": email, "metadata": {"account": str(account_id)}}, {"idempotency_key": key}
        )
        return made.id

    def rename_customer(self, customer: str, email: str) -> None:
        self.api.customers.update(customer, {"email": email})

    def forget_customer(self, customer: str) -> None:
        """Ends its plans as well; Stripe keeps the payments for the books."""
        self.api.customers.delete(customer)

    def price(self, item: Pack) -> str:
        """The price at Stripe that sells this item on these terms; made the first time."""
        cost = item.cost
        name = f"packshot:{item.slug}:{item.credits}:{cost.amount}:{cost.currency}"
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
        self, order: Order, price: StripePrice, customer: str, *, done: str, back: str, trial: int
    ) -> stripe.checkout.Session:
        params: SessionCreateParams = {
            "mode": "subscription" if price.is_monthly else "payment",
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
            # The page promises one currency for packs and plans; plans cannot be sold in another.
            params["adaptive_pricing"] = {"enabled": False}
            params["saved_payment_method_options"] = {"payment_method_save": "enabled"}
        elif trial:
            params["subscription_data"] = {"trial_period_days": trial}
        return self.api.checkout.sessions.create(params, {"idempotency_key": f"order-{order.pk}"})

    def expire(self, session_id: str) -> None:
        self.api.checkout.sessions.expire(session_id)

    def portal(self, customer: str, back: str) -> str:
        made = self.api.billing_portal.sessions.create({"customer": customer, "return_url": back})
        return made.url

    def preview(self, subscription_id: str, price: str) -> stripe.Invoice:
        """The invoice that an upgrade would make now."""
        item = self.subscription(subscription_id).items.data[0]
        return self.api.invoices.create_preview(
            {
                "subscription": subscription_id,
                "subscription_details": {
                    "items": [{"id": item.id, "price": price}],
                    "billing_cycle_anchor": {"type": "now"},
                    "proration_behavior": "always_invoice",
                },
            }
        )

    def upgrade(self, subscription_id: str, price: str) -> None:
        """From now on and for a full month from now; what is left of the old month is deducted.

        What the bank asks its owner about waits as an open invoice, and changes nothing until it
        is paid. Asked twice for the same, it is done once.
        """
        found = self.subscription(subscription_id)
        item = found.items.data[0]
        if id_of(item.price) == price:
            return
        self.keep(subscription_id)
        if found.cancel_at_period_end:
            # Not among what may wait for a payment.
            self.api.subscriptions.update(subscription_id, {"cancel_at_period_end": False})
        params: SubscriptionUpdateParams = {
            "items": [{"id": item.id, "price": price}],
            "billing_cycle_anchor": {"type": "now"},
            "proration_behavior": "always_invoice",
            "payment_behavior": "pending_if_incomplete",
        }
        key = f"upgrade:{subscription_id}:{price}:{item.current_period_start}"
        self.api.subscriptions.update(subscription_id, params, {"idempotency_key": key})

    def keep(self, subscription_id: str) -> None:
        """Call off what is booked for the end of the month."""
        if schedule := id_of(self.subscription(subscription_id).schedule):
            self.api.subscription_schedules.release(schedule)

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
                        "items": [{"price": item.price.id, "quantity": item.quantity or 1}],
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

    def void(self, invoice_id: str) -> None:
        """Nobody is to pay it any more."""
        if self.invoice(invoice_id).status == "draft":
            self.api.invoices.delete(invoice_id)
        else:
            self.api.invoices.void_invoice(invoice_id)
