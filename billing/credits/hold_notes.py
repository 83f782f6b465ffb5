"""Notes of holds: what credits were held for, as a statement says it."""

from collections.abc import Iterable

from billing.models import Hold


def forget_in_note(attempt: str, names: Iterable[str]) -> None:
    """Take so much out of what is said of that attempt's hold; the credits are not touched."""
    for hold in Hold.objects.filter(attempt=attempt):
        note = {name: said for name, said in hold.note.items() if name not in names}
        Hold.objects.filter(pk=hold.pk).update(note=note)
