"""Dead letters: what we gave up is written down, so that whoever runs the site can see it."""

from datetime import timedelta
from pathlib import PurePath
from traceback import extract_tb
from uuid import UUID

from django.utils import timezone

from tools.models import DeadLetter, Job

KEPT = timedelta(days=30)
LOST = "the reader was lost"


def note_dead_letter(
    kind: str, subject: UUID, error: str, *, tries: int, cause: BaseException | str = ""
) -> None:
    said = cause if isinstance(cause, str) else describe_cause(cause)
    DeadLetter.objects.create(
        kind=kind, subject=subject, error=error, tries=tries, cause=said[:200]
    )


def note_dead_job(job: Job, error: str, cause: BaseException | str = "") -> None:
    kind = type(job).__name__.lower()
    note_dead_letter(kind, job.pk, error, tries=job.tries, cause=cause)


def describe_cause(error: BaseException) -> str:
    """The class of what was raised and the place; what it says may quote a stranger's file."""
    places = extract_tb(error.__traceback__)
    if not places:
        return type(error).__name__
    last = places[-1]
    return f"{type(error).__name__} in {PurePath(last.filename).name}:{last.lineno} {last.name}"


def forget_old_letters() -> None:
    DeadLetter.objects.filter(created__lt=timezone.now() - KEPT).delete()
