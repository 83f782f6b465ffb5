from billing.models.allowances import Allowance
from billing.models.ledger import MOVES, Account, Bucket, Entry, Hold, Pool, Source
from billing.models.payments import (
    AuditRun,
    Customer,
    MoneyDay,
    Order,
    Purchase,
    Refill,
    Reversal,
    StripeEvent,
    StripePrice,
    Subscription,
    TillObject,
    TopUp,
)
from billing.models.people import ApiKey, Member, Team

__all__ = [
    "MOVES",
    "Account",
    "Allowance",
    "ApiKey",
    "AuditRun",
    "Bucket",
    "Customer",
    "Entry",
    "Hold",
    "Member",
    "MoneyDay",
    "Order",
    "Pool",
    "Purchase",
    "Refill",
    "Reversal",
    "Source",
    "StripeEvent",
    "StripePrice",
    "Subscription",
    "Team",
    "TillObject",
    "TopUp",
]
