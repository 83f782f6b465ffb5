"""Recommendations: where a page loses people that pages like it keep, and how many.

Each reason compares one rate of a page with the rate that most pages reach, and is worth as many
visits (or clicks) as the page would gain by reaching it. The pages are then in order of what
mending is worth, and the reason stands beside them in words.
"""

import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from seo.desk.metrics.page_metrics import ENOUGH, Figures

ENOUGH_SHOWN = 200
# A rate is low when it is under so much of what pages usually reach.
LOW = 0.75
SLOW_LCP = 2500
SLOW_INP = 200
MOVING_CLS = 0.1
SLOW_RESULT = 10_000
SECOND_PAGE = 10
POOR_RATING = 3.5


@dataclass(frozen=True)
class Reason:
    """Why a page is to be mended: what is said, what to do, and what that is worth, in visits."""

    words: str
    mend: str
    worth: float


@dataclass(frozen=True)
class Usual:
    """The rates that half of the pages with enough visits reach."""

    inputs: float | None
    success: float | None
    downloads: float | None
    quick: float | None
    ctr: float | None


def usual_metrics(pages: Iterable[Figures]) -> Usual:
    busy = [one for one in pages if one.of("visits") >= ENOUGH]
    shown = [one for one in pages if one.impressions >= ENOUGH_SHOWN]
    return Usual(
        inputs=middle(one.input_rate for one in busy),
        success=middle(one.success_rate for one in busy),
        downloads=middle(one.download_rate for one in busy),
        quick=middle(one.quick_rate for one in busy),
        ctr=middle(one.ctr for one in shown),
    )


def middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def list_reasons(page: Figures, most: Usual) -> list[Reason]:
    """All of a page's, the one that is worth most first."""
    found = [reason for rule in RULES if (reason := rule(page, most)) is not None]
    return sorted(found, key=lambda reason: -reason.worth)


@dataclass(frozen=True)
class Loss:
    """Where a page keeps fewer people than most pages do: who is lost, of whom, and the words."""

    rate: str
    usual: str
    # The column that the rate is a share of.
    of: str
    # {rate} is the page's, {usual} what most pages reach.
    words: str
    mend: str

    def __call__(self, page: Figures, most: Usual) -> Reason | None:
        rate, normal = getattr(page, self.rate), getattr(most, self.usual)
        lost = lacking(rate, normal, page.of(self.of))
        if lost is None:
            return None
        return Reason(self.words.format(rate=rate, usual=normal), self.mend, lost)


few_inputs = Loss(
    "input_rate",
    "inputs",
    of="visits",
    words="Many views, few inputs: {rate:.0%} give a photo in, {usual:.0%} usually.",
    mend="Say above the tool what this page does; show a sample of this very intent.",
)
failing = Loss(
    "success_rate",
    "success",
    of="starts",
    words="Attempts fail: {rate:.0%} end in a result, {usual:.0%} usually.",
    mend="Look at the errors of this page's preset, and try it on the photos people bring.",
)
not_taken = Loss(
    "download_rate",
    "downloads",
    of="results",
    words="Results are left: {rate:.0%} download theirs, {usual:.0%} usually.",
    mend="The preset may not give what the title promises: try another, or other scenes first.",
)


def gone_at_once(page: Figures, most: Usual) -> Reason | None:
    rate, normal = page.quick_rate, most.quick
    if rate is None or normal is None or page.of("visits") < ENOUGH or rate * LOW <= normal:
        return None
    return Reason(
        f"Gone at once: {rate:.0%} leave within 10 s, {normal:.0%} usually.",
        "The page is not what the title says: bring title, heading and tool together.",
        (rate - normal) * page.of("visits"),
    )


def few_clicks(page: Figures, most: Usual) -> Reason | None:
    if page.impressions < ENOUGH_SHOWN or (page.position or 0) > SECOND_PAGE:
        return None
    lost = lacking(page.ctr, most.ctr, page.impressions)
    if lost is None:
        return None
    return Reason(
        f"Seen, not clicked: {page.ctr:.1%} of {page.impressions:,} impressions, {most.ctr:.1%} usually.",
        "Write another title and description; try the title on half of the pages first.",
        lost,
    )


def second_page(page: Figures, most: Usual) -> Reason | None:
    place = page.position
    if place is None or place <= SECOND_PAGE or page.impressions < ENOUGH_SHOWN:
        return None
    return Reason(
        f"On the second page of results: place {place:.0f} at {page.impressions:,} impressions.",
        "Add what only this page knows: own examples, sourced facts, the questions people ask.",
        page.impressions * (most.ctr or 0.01),
    )


def slow(page: Figures, most: Usual) -> Reason | None:  # noqa: ARG001  a rule's signature
    told = [
        f"{name} {value:{form}}"
        for name, value, limit, form in (
            ("LCP", page.lcp, SLOW_LCP, ".0f"),
            ("INP", page.inp, SLOW_INP, ".0f"),
            ("CLS", page.cls, MOVING_CLS, ".2f"),
        )
        # One slow visit is that visitor's network.
        if value is not None and value > limit and page.count_told(name) >= ENOUGH
    ]
    if not told:
        return None
    return Reason(
        f"Slow or moving for a quarter of visits: {', '.join(told)}.",
        "Lighten the samples and examples; tell a developer if pages of this tool all are so.",
        0.1 * page.of("visits"),
    )


def long_wait(page: Figures, most: Usual) -> Reason | None:  # noqa: ARG001  a rule's signature
    wait = page.first_p75
    if wait is None or wait <= SLOW_RESULT or page.of("starts") < ENOUGH:
        return None
    return Reason(
        f"A long wait: a quarter of first results take over {wait / 1000:.0f} s.",
        "Begin with a lighter engine or scene; better ones are one click away.",
        0.1 * page.of("starts"),
    )


def poorly_rated(page: Figures, most: Usual) -> Reason | None:  # noqa: ARG001  a rule's signature
    rating, votes = page.rating, page.of("ratings")
    if rating is None or votes < 5 or rating >= POOR_RATING:  # noqa: PLR2004  fewer are one mood
        return None
    return Reason(
        f"Rated {rating:.1f} of 5 by {votes}.",
        "Read what they wrote; say the limits plainly before the tool.",
        0.1 * page.of("results"),
    )


def lacking(rate: float | None, normal: float | None, of: int) -> float | None:
    """How many would be gained by reaching the usual rate; None where it is not low."""
    if rate is None or normal is None or of < ENOUGH or rate >= LOW * normal:
        return None
    return (normal - rate) * of


Rule = Callable[[Figures, Usual], Reason | None]
RULES: tuple[Rule, ...] = (
    few_inputs,
    failing,
    not_taken,
    gone_at_once,
    few_clicks,
    second_page,
    slow,
    long_wait,
    poorly_rated,
)


def rank_pages(pages: Mapping[int, Figures]) -> dict[int, list[Reason]]:
    """Every page's reasons, by the page's number."""
    most = usual_metrics(list(pages.values()))
    return {number: list_reasons(page, most) for number, page in pages.items()}
