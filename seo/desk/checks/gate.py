"""The gate: what a version must be before it is published, each demand with its reason and its mend.

`examine_version` says all of it at once. `Around` is what is live in the version's
language, loaded once however many versions are examined against it.
"""

from collections.abc import Callable, Iterable

from seo.desk.checks import against_other_pages, content
from seo.desk.checks.finding import Finding
from seo.desk.checks.live_pages import Around
from seo.models import Version

Check = Callable[[Version, Around], Finding]
CHECKS: tuple[Check, ...] = (
    content.words_are_there,
    content.title_fits,
    content.description_fits,
    content.language_is_the_pages,
    content.preset_works,
    content.samples_are_there,
    content.examples_are_there,
    content.facts_have_sources,
    content.sources_answer,
    against_other_pages.address_is_free,
    against_other_pages.title_is_its_own,
    against_other_pages.description_is_its_own,
    against_other_pages.text_is_its_own,
    against_other_pages.intent_is_new,
    against_other_pages.is_linked,
    content.was_reviewed,
)


def examine_version(version: Version, around: Around) -> list[Finding]:
    """Every demand, met or not, in the order in which one mends them."""
    return [check(version, around) for check in CHECKS]


def passes_gate(findings: Iterable[Finding]) -> bool:
    return not any(finding.blocks for finding in findings)


__all__ = ["Around", "Finding", "examine_version", "passes_gate"]
