"""Live pages of a language: what another page there must not say again."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from seo.desk.checks import near_duplicates
from seo.desk.models import SourceLink
from seo.models import Example, Intent, Version
from seo.public import page_queries


def words_of(version: Version) -> str:
    """All that a version says and its siblings may say, too; the site's own words left out."""
    parts = [
        version.h1,
        version.lead,
        *version.steps,
        *told(version.sections, "title", "text"),
        *told(version.facts, "text"),
        *told(version.questions, "question", "answer"),
        *version.limits,
    ]
    return "\n".join(str(part) for part in parts if part)


def told(rows: Iterable[dict[str, str]], *names: str) -> list[str]:
    return [str(row.get(name, "")) for row in rows for name in names]


def normalize_phrase(text: str) -> str:
    """A phrase as searchers mean it: without case, marks, order, and words that carry nothing."""
    plain = unicodedata.normalize("NFKD", text.lower()).replace("-", " ")
    found = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(sorted(set(found) - EMPTY) or sorted(found))


EMPTY = frozenset({"a", "an", "the", "of", "for", "from", "to", "in", "on", "your", "my", "online"})


@dataclass
class Around:
    """The live pages of one language, ready to be compared with."""

    locale: str
    index: near_duplicates.Index[int] = field(default_factory=near_duplicates.Index)
    titles: dict[str, int] = field(default_factory=dict)
    descriptions: dict[str, int] = field(default_factory=dict)
    live: dict[int, Version] = field(default_factory=dict)
    # Who has a wish already: the intent's number by the wish.
    wishes: dict[str, Intent] = field(default_factory=dict)
    intents: set[str] = field(default_factory=set)
    examples: set[str] = field(default_factory=set)
    # What was wrong with a source; sources that nobody has asked yet are not in it.
    links: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, locale: str) -> "Around":
        around = cls(locale)
        for version in page_queries.list_live(locale):
            around.take(version)
        for intent in Intent.objects.order_by("pk"):
            around.intents.add(intent.slug)
            for phrase in (intent.name, intent.slug, *intent.synonyms):
                around.wishes.setdefault(normalize_phrase(phrase), intent)
        around.examples = set(Example.objects.values_list("name", flat=True))
        asked = SourceLink.objects.exclude(checked=None)
        around.links = dict(asked.values_list("address", "trouble"))
        return around

    def take(self, version: Version) -> None:
        """Have a version that has just gone live among them."""
        number = version.page_id
        if number in self.live:
            self.drop(number)
        self.live[number] = version
        self.titles.setdefault(version.title.strip().lower(), number)
        self.descriptions.setdefault(version.description.strip().lower(), number)
        self.index.add(number, near_duplicates.runs(words_of(version), self.locale))

    def drop(self, number: int) -> None:
        """Forget what a page said before."""
        old = self.live.pop(number)
        for texts, text in ((self.titles, old.title), (self.descriptions, old.description)):
            if texts.get(text.strip().lower()) == number:
                del texts[text.strip().lower()]
        self.index.remove(number, near_duplicates.runs(words_of(old), self.locale))

    def others(self, version: Version) -> list[Version]:
        """The live pages but the version's own."""
        return [one for number, one in self.live.items() if number != version.page_id]
