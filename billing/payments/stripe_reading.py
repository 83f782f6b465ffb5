"""What is read at Stripe: objects by their names, and lists."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import stripe

if TYPE_CHECKING:
    from stripe._v1_services import V1Services

PAGE = 100
# An event list may name so many types.
MOST_TYPES = 20


class StripeReading:
    """The half of the gateway that changes nothing."""

    api: "V1Services"

    def has_customer(self, customer: str) -> bool:
        """Whether this account, in this mode, knows the customer."""
        try:
            found = self.api.customers.retrieve(customer)
        except stripe.InvalidRequestError:
            return False
        return not getattr(found, "deleted", False)

    def session(self, session_id: str) -> stripe.checkout.Session:
        return self.api.checkout.sessions.retrieve(session_id, {"expand": ["line_items"]})

    def is_of_checkout(self, payment_intent: str) -> bool:
        """Whether a checkout took this payment: then its session says what was bought."""
        asked = self.api.checkout.sessions.list({"payment_intent": payment_intent, "limit": 1})
        return bool(asked.data)

    def invoice(self, invoice_id: str) -> stripe.Invoice:
        return self.api.invoices.retrieve(invoice_id, {"expand": ["payments"]})

    def subscription(self, subscription_id: str) -> stripe.Subscription:
        return self.api.subscriptions.retrieve(
            subscription_id, {"expand": ["schedule", "latest_invoice"]}
        )

    def charge(self, charge_id: str) -> stripe.Charge:
        return self.api.charges.retrieve(charge_id)

    def refund(self, refund_id: str) -> stripe.Refund:
        return self.api.refunds.retrieve(refund_id)

    def refunds(self, charge_id: str) -> Iterator[stripe.Refund]:
        return self.api.refunds.list({"charge": charge_id, "limit": PAGE}).auto_paging_iter()

    def dispute(self, dispute_id: str) -> stripe.Dispute:
        return self.api.disputes.retrieve(dispute_id, {"expand": ["charge"]})

    def credit_note(self, note_id: str) -> stripe.CreditNote:
        return self.api.credit_notes.retrieve(note_id)

    def fraud_warning(self, warning_id: str) -> stripe.radar.EarlyFraudWarning:
        return self.api.radar.early_fraud_warnings.retrieve(warning_id, {"expand": ["charge"]})

    def sessions(self, since: datetime) -> Iterator[stripe.checkout.Session]:
        return self.api.checkout.sessions.list(
            {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
        ).auto_paging_iter()

    def invoices(self, since: datetime) -> Iterator[stripe.Invoice]:
        return self.api.invoices.list(
            {"created": {"gte": int(since.timestamp())}, "status": "paid", "limit": PAGE}
        ).auto_paging_iter()

    def invoices_of(self, subscription_id: str) -> Iterator[stripe.Invoice]:
        return self.api.invoices.list(
            {"subscription": subscription_id, "status": "paid", "limit": PAGE}
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
                "expand": ["data.balance_transaction"],
            }
        ).auto_paging_iter()
