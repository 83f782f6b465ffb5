"""The price list. Whatever anybody is shown or charged comes from here.

Numbers are written as the reader's language writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.errors import NoPriceError

CURRENCY = "usd"
# As Stripe lists them: without a smaller unit, and with one of a thousandth.
ZERO_DECIMAL = frozenset(
    [
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "ugx",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    ]
)
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
EMBEDDED = "embedded"


@dataclass(frozen=True)
class Money:
    """An amount in the currency's smallest unit."""

    amount: int
    currency: str = CURRENCY

    def __str__(self) -> str:
        signs = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "krw": "₩"}
        sign = signs.get(self.currency, f"{self.currency.upper()} ")
        whole = self.amount % 10**self.digits == 0
        return sign + number_format(self.units, 0 if whole else self.digits, force_grouping=True)

    @property
    def digits(self) -> int:
        """How many of the smallest unit's digits stand behind the point."""
        if self.currency in ZERO_DECIMAL:
            return 0
        return 3 if self.currency in THREE_DECIMAL else 2

    @property
    def units(self) -> Decimal:
        """As people count it: dollars, not cents."""
        return Decimal(self.amount).scaleb(-self.digits)

    @classmethod
    def of(cls, units: int, currency: str = CURRENCY) -> "Money":
        """So many dollars, or whatever it is that people count."""
        return cls(units * 10 ** cls(0, currency).digits, currency)


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
        if self.cost.digits != 2:  # noqa: PLR2004  of a hundredth there is a sign
            return (
                f"{self.cost.currency.upper()} {number_format(self.cost.units / self.credits, 3)}"
            )
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
ENHANCING = Rate(run=2, included=4, step=4)
# What any larger engine costs by the kind of its work, whichever tool asks for it; others generate.
LARGER: Mapping[str, Rate] = {
    "matte": Rate(run=2, included=4, step=8),
    "denoise": ENHANCING,
    "upscale": ENHANCING,
}


@dataclass(frozen=True, kw_only=True)
class PricedTool:
    """What a tool is called, the kinds of work that it may ask for, and what is its own price."""

    name: Promise
    kinds: tuple[str, ...]
    own: Mapping[str, Rate] = field(default_factory=dict)


TOOLS: Mapping[str, PricedTool] = {
    "remove-background": PricedTool(name=_("Remove background"), kinds=("matte",)),
    "enhance-photo": PricedTool(name=_("Enhance photo"), kinds=("denoise",)),
    "add-background": PricedTool(name=_("Add background"), kinds=("matte", "surround")),
    "erase-object": PricedTool(
        name=_("Erase object"), kinds=("fill",), own={"fill": Rate(run=6, included=2, step=1)}
    ),
    "expand-photo": PricedTool(name=_("Expand photo"), kinds=("fill",)),
}
# What the list calls the kinds of work, where a tool asks for more than one.
KINDS: Mapping[str, Promise] = {
    "matte": _("Cut-out"),
    "surround": _("Background from words"),
}


def tool_name(slug: str) -> str:
    """A tool as the list, the account and its attempts name it."""
    listed = TOOLS.get(slug)
    return str(listed.name) if listed else slug.replace("-", " ").capitalize()


def price_run(tool: str, kind: str, engine: str, megapixels: float) -> int:
    """The credits that one kind of work costs by this engine, by the megapixels of the photo.

    A tool, kind or engine that the list does not name has the rate of any other, never none.
    """
    return find_rate(tool, kind, engine).credits(megapixels)


def find_rate(tool: str, kind: str, engine: str) -> Rate:
    """What the page, the button and the charge all read."""
    if engine == EMBEDDED:
        return CHEAP
    own = TOOLS[tool].own if tool in TOOLS else {}
    return own.get(kind) or LARGER.get(kind, GENERATIVE)


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
    """A line of the price list as people read it: one kind of a tool's work."""

    tool: str
    kind: str
    # Named where the tool asks for more than one kind.
    work: str
    built_in: Rate
    larger: Rate

    @property
    def name(self) -> str:
        return tool_name(self.tool)


def list_prices() -> list[Listed]:
    return [
        Listed(
            tool=slug,
            kind=kind,
            work=str(KINDS.get(kind, "")) if len(tool.kinds) > 1 else "",
            built_in=find_rate(slug, kind, EMBEDDED),
            larger=find_rate(slug, kind, ""),
        )
        for slug, tool in TOOLS.items()
        for kind in tool.kinds
    ]
