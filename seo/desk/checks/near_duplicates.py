"""Near duplicates: the share of runs of words that two texts have in common.

A run is four words, or four characters where words are not parted by spaces. The share is of the
shorter text's runs, so that a page that stands whole inside a longer one is its twin, too.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

RUN = 4
UNPARTED = ("zh", "ja", "th", "lo", "km", "my")
WORDS = re.compile(r"\w+")
Key = TypeVar("Key", bound=Hashable)
Runs = frozenset[int]


def is_written_without_spaces(locale: str) -> bool:
    """Whether the language writes its words without spaces between them."""
    return locale.split("-", maxsplit=1)[0].lower() in UNPARTED


def units(text: str, locale: str) -> list[str]:
    """The words of a text, or its characters; case and punctuation do not count."""
    words = WORDS.findall(text.lower())
    return list("".join(words)) if is_written_without_spaces(locale) else words


@lru_cache(maxsize=20_000)
def runs(text: str, locale: str) -> Runs:
    """The runs of a text, each as a number; a text that is shorter than one run is one run."""
    found = units(text, locale)
    if not found:
        return frozenset()
    joined = ("\0".join(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))
    return frozenset(zlib.crc32(run.encode()) for run in joined)


def share(one: Runs, other: Runs) -> float:
    """How much of the shorter one stands in the other: 0 … 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


class Index(Generic[Key]):
    """Many texts, ready to be asked which of them is nearest to another one.

    Only texts that share a run are ever compared, so that asking costs what there is in common.
    """

    def __init__(self, texts: Mapping[Key, Runs] | None = None) -> None:
        self.sizes: dict[Key, int] = {}
        self.where: dict[int, list[Key]] = defaultdict(list)
        for key, found in (texts or {}).items():
            self.add(key, found)

    def add(self, key: Key, found: Runs) -> None:
        self.sizes[key] = len(found)
        for run in found:
            self.where[run].append(key)

    def remove(self, key: Key, found: Runs) -> None:
        """Forget a text, given as it was added."""
        self.sizes.pop(key, None)
        for run in found:
            if key in self.where[run]:
                self.where[run].remove(key)

    def nearest(self, found: Runs, *, but: Iterable[Key] = ()) -> tuple[Key, float] | None:
        """The text that shares most with these runs, and how much; None when none shares any."""
        left_out = set(but)
        shared = Counter(key for run in found for key in self.where.get(run, ()))
        shares = (
            (key, count / min(len(found), self.sizes[key]))
            for key, count in shared.items()
            if key not in left_out
        )
        return max(shares, key=lambda pair: pair[1], default=None)
