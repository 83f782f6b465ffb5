"""Beside attempts: what their JSON tells that is not in their own rows, looked up for all at once.

The event stream serializes all of a visitor's attempts whenever one of them has changed, so the
number of queries must not grow with them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from tools.models import Attempt, Photo
from tools.pricing import paid_work
from tools.queue import leases

# What the JSON of a photo is made of.
ROWS = ("fetch", "attempts__exports", "attempts__link", "archives__exports")


@dataclass(frozen=True)
class Beside:
    """`back`: those whose credits went back; `places`: of those that are queued, how many go before
    them; `pictures`: the newest photo of a visitor with these pixels, by visitor and digest.
    """

    back: Collection[str]
    places: Mapping[Any, int]
    pictures: Mapping[tuple[UUID, str], str]

    def shows(self, row: Attempt) -> tuple[bool, bool]:
        """Whether there is a result to show, and whether all of it: not once its credits are back."""
        shown = row.status == Attempt.Status.DONE and bool(row.preview)
        return shown, shown and str(row.pk) not in self.back


def load_rows(photos: Sequence[Photo]) -> None:
    """Have the rows that the photos' JSON is made of at hand, where they are not yet."""
    prefetch_related_objects(photos, *ROWS)


def look_up_beside(attempts: Sequence[Attempt]) -> Beside:
    """Three queries at most, however many attempts."""
    queued = [attempt for attempt in attempts if attempt.status == Attempt.Status.QUEUED]
    return Beside(
        paid_work.given_back(attempts) if attempts else (),
        leases.count_ahead(queued),
        find_pictures(attempts),
    )


def find_pictures(attempts: Sequence[Attempt]) -> dict[tuple[UUID, str], str]:
    named = {
        (attempt.photo.visitor_id, picture["digest"])
        for attempt in attempts
        for picture in list_pictures(attempt).values()
    }
    if not named:
        return {}
    visitors, digests = ({pair[at] for pair in named} for at in (0, 1))
    rows = Photo.objects.filter(visitor__in=visitors, digest__in=digests).order_by("created")
    # Of several with the same pixels the newest comes last.
    return {
        (visitor, digest): str(pk)
        for visitor, digest, pk in rows.values_list("visitor", "digest", "pk")
    }


def list_pictures(attempt: Attempt) -> dict[str, Mapping[str, Any]]:
    """The attempt's settings that are pictures, by their names."""
    return {
        name: value
        for name, value in attempt.params.items()
        if isinstance(value, dict) and "digest" in value
    }
