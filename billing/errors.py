"""Billing's errors: what it refuses. The id is the contract; the words are a template's."""

from datetime import date


class BillingError(Exception):
    """The base of all of them.

    `id` names the error to templates, logs and callers and never changes. `visitors` says whose
    it is to mend (the visitor's, or ours), `again` whether the same may yet succeed.
    """

    id = "billing"
    visitors = True
    again = False


class OutOfCreditsError(BillingError):
    """The account has fewer credits than this costs."""

    id = "out-of-credits"
    again = True

    def __init__(self, available: int, needed: int, *, is_visitor: bool = False) -> None:
        super().__init__(f"{needed} needed, {available} available")
        self.available = available
        self.needed = needed
        self.is_visitor = is_visitor


class CapReachedError(BillingError):
    """The account, or the key, would spend more this month than its owner allowed."""

    id = "cap-reached"

    def __init__(self, cap: int, spent: int, needed: int) -> None:
        super().__init__(f"{needed} needed, {spent} of {cap} spent this month")
        self.cap = cap
        self.spent = spent
        self.needed = needed


class AttemptSettledError(BillingError):
    """This attempt has been paid for or given up before: trying again is another attempt."""

    id = "attempt-settled"
    visitors = False


class NothingToGiveBackError(BillingError):
    """Nothing was charged for this attempt."""

    id = "nothing-to-give-back"


class TooLateToGiveBackError(BillingError):
    """The result is older than credits are given back for."""

    id = "too-late-to-give-back"

    def __init__(self, hours: int) -> None:
        super().__init__(f"results older than {hours} hours")
        self.hours = hours


class TooManyGivenBackError(BillingError):
    """The account had more credits back than the limits against abuse allow."""

    id = "too-many-given-back"

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class FreeIsUsedUpError(BillingError):
    """Others have spent today's free credits.

    `scope` is what they share with whoever asks: "address", "network", "members" (all who are
    signed in on the network), or "everybody".
    """

    id = "free-is-used-up"
    again = True

    def __init__(self, scope: str, day: date, *, available: int, needed: int) -> None:
        super().__init__(f"{scope}, {day}: {needed} needed, {available} available")
        self.scope = scope
        self.day = day
        self.available = available
        self.needed = needed


class TooManyInvitedError(BillingError):
    """The team has asked as many people as it may today, or is full."""

    id = "too-many-invited"
    again = True


class HasPlanError(BillingError):
    """The account is on a plan: another is changed to, not bought beside it."""

    id = "has-plan"


class NoCustomerError(BillingError):
    """Stripe, as it is set up today, knows no customer of this account's."""

    id = "no-customer"


class OverLimitError(BillingError):
    """The card would pay more this month than its owner allowed."""

    id = "over-limit"


class LostOrderError(BillingError):
    """Our own customer paid for something that we cannot tell: a person has to look."""

    id = "lost-order"
    visitors = False


class OtherCurrencyError(BillingError):
    """Money went back in another currency than was paid: a person has to look."""

    id = "other-currency"
    visitors = False


class NoPriceError(BillingError):
    """The price list does not know this pack, plan or Stripe price."""

    id = "no-price"
    visitors = False


class ForeignEventError(BillingError):
    """The event or object is not ours: another site's, or the other mode's."""

    id = "foreign-event"
    visitors = False


class NotYetError(BillingError):
    """Something this depends on has not arrived yet: wait and try again."""

    id = "not-yet"
    visitors = False
    again = True
