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
# Of a tool that the list does not name: with a larger engine, and with what is built in.
UNLISTED = (GENERATIVE, CHEAP)


@dataclass(frozen=True, kw_only=True)
class PricedTool:
    """What a tool is called, and its rates: with what is built in, and with any larger engine."""

    name: Promise
    built_in: Rate = CHEAP
    larger: Rate = GENERATIVE

    def rate(self, engine: str) -> Rate:
        return self.built_in if engine == EMBEDDED else self.larger


TOOLS: Mapping[str, PricedTool] = {
    "remove-background": PricedTool(
        name=_("Remove background"), larger=Rate(run=2, included=4, step=8)
    ),
    "enhance-photo": PricedTool(name=_("Enhance photo"), larger=Rate(run=2, included=4, step=4)),
    "add-background": PricedTool(name=_("Add background")),
    "erase-object": PricedTool(name=_("Erase object"), larger=Rate(run=6, included=2, step=1)),
    "expand-photo": PricedTool(name=_("Expand photo")),
}


def tool_name(slug: str) -> str:
    """A tool as the list, the account and its attempts name it."""
    listed = TOOLS.get(slug)
    return str(listed.name) if listed else slug.replace("-", " ").capitalize()


def price_run(tool: str, engine: str, megapixels: float) -> int:
    """The credits that one run costs, by the megapixels of what comes out.

    A tool or engine that the list does not name has the rate of any other, never none.
    """
    return find_rate(tool, engine).credits(megapixels)


def find_rate(tool: str, engine: str) -> Rate:
    listed = TOOLS.get(tool)
    return listed.rate(engine) if listed else UNLISTED[engine == EMBEDDED]


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
        Listed(tool=slug, built_in=tool.built_in, larger=tool.larger)
        for slug, tool in TOOLS.items()
    ]
