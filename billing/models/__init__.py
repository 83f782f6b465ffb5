from billing.models.allowances import Allowance, FreeUse
from billing.models.auto_top_up import AutoTopUp, TopUp
from billing.models.books import AuditRun, MoneyDay
from billing.models.customers import Customer, StripePrice
from billing.models.ledger import MOVES, Account, Bucket, Entry, Hold, Pool, Source
from billing.models.local_checkout import LocalStripeObject
from billing.models.outgoing_emails import OutgoingEmail
from billing.models.payments import FraudWarning, Order, Proration, Purchase, Reversal
from billing.models.previews import Preview
from billing.models.stripe_events import StripeEvent
from billing.models.subscriptions import Subscription
from billing.models.teams import ApiKey, Member, Team

__all__ = [
    "MOVES",
    "Account",
    "Allowance",
    "ApiKey",
    "AuditRun",
    "AutoTopUp",
    "Bucket",
    "Customer",
    "Entry",
    "FraudWarning",
    "FreeUse",
    "Hold",
    "LocalStripeObject",
    "Member",
    "MoneyDay",
    "Order",
    "OutgoingEmail",
    "Pool",
    "Preview",
    "Proration",
    "Purchase",
    "Reversal",
    "Source",
    "StripeEvent",
    "StripePrice",
    "Subscription",
    "Team",
    "TopUp",
]
