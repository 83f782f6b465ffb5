from billing.models.allowances import Allowance
from billing.models.journal import Account, Bucket, Entry, Hold, Pool, Source
from billing.models.people import ApiKey, Member, Team

__all__ = [
    "Account",
    "Allowance",
    "ApiKey",
    "Bucket",
    "Entry",
    "Hold",
    "Member",
    "Pool",
    "Source",
    "Team",
]
