"""Checks against other pages: demands on a version among what is live in its language."""

import sys
from collections.abc import Iterable
from heapq import nsmallest

from seo import urls_by_locale
from seo.desk.checks import near_duplicates
from seo.desk.checks.finding import Finding
from seo.desk.checks.live_pages import Around, normalize_phrase, words_of
from seo.models import Version
from seo.public.page_queries import BESIDE

MOST_SHARED = 0.5


def address_is_free(version: Version, around: Around) -> Finding:
    demand = "The address is free"
    page = version.page
    where = urls_by_locale.page_path(page.locale, page.slug)
    if page.removed:
        return Finding(
            "address", demand, f"{where} was removed for good.", "Bring the page back first."
        )
    taken = next((one for one in around.others(version) if one.page.slug == page.slug), None)
    if taken is not None or (page.locale == "en" and urls_by_locale.is_taken_slug(page.slug)):
        return Finding("address", demand, f"{where} is another page.", "Choose another slug.")
    return Finding("address", demand, where)


def title_is_its_own(version: Version, around: Around) -> Finding:
    return is_own(
        "title", "No other page has the title", version, version.title, around.titles, around
    )


def description_is_its_own(version: Version, around: Around) -> Finding:
    return is_own(
        "description",
        "No other page has the description",
        version,
        version.description,
        around.descriptions,
        around,
    )


def is_own(
    name: str,
    demand: str,
    version: Version,
    text: str,
    taken: dict[str, int],
    around: Around,
) -> Finding:
    holder = taken.get(text.strip().lower())
    if not text.strip() or holder is None or holder == version.page_id:
        return Finding(f"{name}-own", demand)
    where = around.live[holder].page.get_absolute_url()
    mend = f"Write what is different here, or merge the two pages' {name}s into one page."
    return Finding(f"{name}-own", demand, f"{where} has it.", mend)


def text_is_its_own(version: Version, around: Around) -> Finding:
    """Counted in runs of four words, or of four characters where words are not parted."""
    demand = "The text is its own"
    found = near_duplicates.runs(words_of(version), around.locale)
    own = [] if version.page_id is None else [version.page_id]
    near = around.index.nearest(found, but=own)
    if near is None:
        return Finding("twin", demand, "It shares nothing with another page.")
    holder, share = near
    where = around.live[holder].page.get_absolute_url()
    said = f"{share:.0%} of it stands on {where}, too."
    if share < MOST_SHARED:
        return Finding("twin", demand, said)
    return Finding("twin", demand, said, "Write what is different here, or merge the two pages.")


def intent_is_new(version: Version, around: Around) -> Finding:
    demand = "No other intent means the same"
    intent = version.page.intent
    for phrase in (intent.name, *intent.synonyms):
        holder = around.wishes.get(normalize_phrase(phrase))
        if holder is not None and holder.slug != intent.slug:
            return Finding(
                "intent",
                demand,
                f"“{phrase}” is what {holder.name} ({holder.slug}) answers.",
                "Add the words to that page, or take the synonym out here.",
            )
    return Finding("intent", demand)


def is_linked(version: Version, around: Around) -> Finding:
    """Hubs list every live page of their hub; siblings link to it as `page_queries.beside` says."""
    demand = "A hub and a sibling link to it"
    unknown = [slug for slug in version.related if slug not in around.intents]
    if unknown:
        return Finding(
            "linked",
            demand,
            f"It goes on to {unknown[0]}, which is no intent.",
            "Take it out under related pages.",
        )
    others = around.others(version)
    if not others:
        return Finding("linked", demand, "It is the first page in its language.")
    sibling = naming(version, others) or before(version, others)
    if sibling is not None:
        return Finding(
            "linked", demand, f"/tools/ and {sibling.page.get_absolute_url()} link to it."
        )
    return Finding(
        "linked",
        demand,
        "/tools/ will list it, but no sibling links to it.",
        f"Name {version.page.intent.slug} under the related pages of one that is close to it.",
    )


def naming(version: Version, others: Iterable[Version]) -> Version | None:
    """A page that names this one under its related pages."""
    slug = version.page.intent.slug
    return next((one for one in others if slug in one.related[:BESIDE]), None)


def before(version: Version, others: Iterable[Version]) -> Version | None:
    """A page that stands before this one in the ring of its tool, and reaches as far as here."""
    tool, place = version.page.intent.tool, version.page_id or sys.maxsize
    ring = [one for one in others if one.page.intent.tool == tool]
    nearest = nsmallest(BESIDE, ring, key=lambda one: (one.page_id > place, -one.page_id))
    reaching = (one for far, one in enumerate(nearest) if far + len(one.related) < BESIDE)
    return next(reaching, None)
