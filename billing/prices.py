"""The price list. Whatever anybody is shown or charged comes from here.

Numbers are written as the reader's language writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.errors import NoPriceError

CURRENCY = "usd"
EMBEDDED = "embedded"
# The rate of every engine, or of every tool, that the list does not name.
ANY = "*"


@dataclass(frozen=True)
class Money:
    """An amount in the currency's smallest unit."""

    amount: int
    currency: str = CURRENCY

    def __str__(self) -> str:
        sign = {"usd": "$", "eur": "€", "gbp": "£"}.get(self.currency, f"{self.currency.upper()} ")
        cents = 2 if self.amount % 100 else 0
        return sign + number_format(Decimal(self.amount) / 100, cents, force_grouping=True)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Credits bought once. They do not expire."""

    slug: str
    name: str
    credits: int
    cost: Money

    @property
    def many(self) -> str:
        return number_format(self.credits, force_grouping=True)

    @property
    def each(self) -> str:
        cents = round(Decimal(self.cost.amount) / self.credits, 2).normalize()
        return number_format(cents) + "¢"


@dataclass(frozen=True, kw_only=True)
class Plan(Pack):
    """Credits every month. What is left rolls over for one month more: never above one month's."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many credits a run, and one more for every `step` megapixels begun above `included`."""

    run: int
    included: int
    step: int

    def credits(self, megapixels: float) -> int:
        return self.run + max(0, ceil((megapixels - self.included) / self.step))


PACKS = (
    Pack(slug="pack-500", name="500 credits", credits=500, cost=Money(500)),
    Pack(slug="pack-2500", name="2,500 credits", credits=2500, cost=Money(2000)),
    Pack(slug="pack-10000", name="10,000 credits", credits=10_000, cost=Money(6000)),
    Pack(slug="pack-50000", name="50,000 credits", credits=50_000, cost=Money(25_000)),
)
# From the smallest: moving up the list is an upgrade.
PLANS = (
    Plan(slug="plan-seller", name="Seller", credits=1500, cost=Money(900)),
    Plan(slug="plan-studio", name="Studio", credits=6000, cost=Money(3000)),
    Plan(slug="plan-shop", name="Shop", credits=25_000, cost=Money(10_000)),
)

CHEAP = Rate(run=1, included=4, step=8)
GENERATIVE = Rate(run=8, included=2, step=1)
RATES: Mapping[str, Mapping[str, Rate]] = {
    "remove-background": {EMBEDDED: CHEAP, ANY: Rate(run=2, included=4, step=8)},
    "enhance-photo": {EMBEDDED: CHEAP, ANY: Rate(run=2, included=4, step=4)},
    "add-background": {EMBEDDED: CHEAP, ANY: GENERATIVE},
    "erase-object": {EMBEDDED: CHEAP, ANY: Rate(run=6, included=2, step=1)},
    "expand-photo": {EMBEDDED: CHEAP, ANY: GENERATIVE},
    ANY: {EMBEDDED: CHEAP, ANY: GENERATIVE},
}


NAMES: Mapping[str, Promise] = {
    "remove-background": _("Remove background"),
    "enhance-photo": _("Enhance photo"),
    "add-background": _("Add background"),
    "erase-object": _("Erase object"),
    "expand-photo": _("Expand photo"),
}


def tool_name(slug: str) -> str:
    """A tool as the list and the account name it."""
    return str(NAMES.get(slug, slug.replace("-", " ").capitalize()))


def price_run(tool: str, engine: str, megapixels: float) -> int:
    """The credits that one run costs, by the megapixels of what comes out.

    A tool or engine that the list does not name has the rate of any other, never none.
    """
    return find_rate(tool, engine).credits(megapixels)


def find_rate(tool: str, engine: str) -> Rate:
    of_tool = RATES.get(tool, RATES[ANY])
    return of_tool.get(engine, of_tool[ANY])


def pack(slug: str) -> Pack:
    for found in PACKS:
        if found.slug == slug:
            return found
    raise NoPriceError(slug)


def find_plan(slug: str) -> Plan:
    for found in PLANS:
        if found.slug == slug:
            return found
    raise NoPriceError(slug)


def find_pack_or_plan(slug: str) -> Pack:
    """The pack or plan of that name."""
    return find_plan(slug) if slug.startswith("plan-") else pack(slug)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of the price list as people read it."""

    tool: str
    built_in: Rate
    larger: Rate

    @property
    def name(self) -> str:
        return tool_name(self.tool)


def list_prices() -> list[Listed]:
    return [
        Listed(tool=tool, built_in=find_rate(tool, EMBEDDED), larger=find_rate(tool, ANY))
        for tool in RATES
        if tool != ANY
    ]
