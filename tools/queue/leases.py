"""Leases on jobs: every change of a job's state is one conditional update.

Whoever's update touches no row has lost: somebody else has the job, or nobody wants it any more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Event, Thread
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from tools.models import Job, Relay
from tools.queue import dead_letters, process_ids

J = TypeVar("J", bound=Job)
Row = TypeVar("Row")

MOST_TRIES = 3
# How many of the next jobs a worker tries to get before it leaves them to others.
LOOK_AHEAD = 8
# Who pays goes first. That nobody waits for ever, one claim in so many begins with the oldest of
# those that have waited this long.
OVERDUE = timedelta(seconds=60)
TURNS = 4

_turns = count(1)


def lease() -> timedelta:
    return timedelta(seconds=settings.LEASE_SECONDS)


def claim_job(jobs: QuerySet[J]) -> J | None:
    """Take the most urgent queued job for this process, or find that there is none."""
    queued = jobs.filter(status=Job.Status.QUEUED)
    for pk in urgent(queued.values_list("pk", flat=True)):
        if queued.filter(pk=pk).update(tries=F("tries") + 1, **claim_fields()):
            return jobs.get(pk=pk)
    return None


def urgent(queued: QuerySet[Any, Row]) -> Iterator[Row]:
    """The next of these jobs, those first that go first."""
    if is_others_turn() and (first := find_overdue(queued)):
        yield first
    yield from queued.order_by("tier", "created")[:LOOK_AHEAD]


def is_others_turn() -> bool:
    """Whether this claim of the process is one that begins with what has waited long."""
    return next(_turns) % TURNS == 0


def find_overdue(queued: QuerySet[Any, Row]) -> Row | None:
    """The oldest of those that have waited too long for others that are more urgent."""
    waited = queued.filter(tier__gt=0, created__lt=timezone.now() - OVERDUE)
    return waited.order_by("created").first()


def claim_fields() -> dict[str, Any]:
    """What a claim writes."""
    now = timezone.now()
    return {
        "status": Job.Status.RUNNING,
        "owner": process_ids.this_process(),
        "lease_until": now + lease(),
        "started": now,
        "changed": now,
        "step": "",
    }


def held_rows(job: J) -> QuerySet[J]:
    """The job's row, as long as this very try of it by this process is the one that counts."""
    return very(job, process_ids.this_process())


def very(job: J, owner: str) -> QuerySet[J]:
    """The job's row while this owner is at this very try, and leg, of it."""
    rows: QuerySet[J] = type(job)._default_manager.filter(  # noqa: SLF001  Django names the default manager so
        pk=job.pk, status=Job.Status.RUNNING, owner=owner, tries=job.tries
    )
    return rows.filter(legs=job.legs) if isinstance(job, Relay) else rows


def report_progress(job: Job, step: str, share: float) -> bool:
    """Say where the work is; False when it is no longer ours to do."""
    return held_rows(job).update(step=step, share=share, changed=timezone.now()) == 1


def finish_job(job: Job, **fields: Any) -> bool:
    """Done, with its results; False when it was cancelled or taken away meanwhile."""
    return settle(held_rows(job), Job.Status.DONE, share=1, **fields)


def fail_job(job: Job, error: str, **facts: Any) -> bool:
    return settle(held_rows(job), Job.Status.FAILED, error=error, error_facts=facts)


def cancel_jobs(jobs: QuerySet[J]) -> bool:
    """End what is queued or running because nobody wants it; False when it has ended already."""
    return settle(jobs.filter(status__in=Job.OPEN), Job.Status.CANCELLED, error="cancelled")


def settle(jobs: QuerySet[J], status: str, **fields: Any) -> bool:
    now = timezone.now()
    return jobs.update(status=status, finished=now, changed=now, lease_until=None, **fields) > 0


@contextmanager
def keep_renewed(job: Job, *, also: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep the lease while the block runs, from a thread of its own; `also` is done each time."""
    done = Event()

    def renew() -> None:
        while not done.wait(settings.LEASE_SECONDS / 3):
            held_rows(job).update(lease_until=timezone.now() + lease())
            if also:
                also()
        connection.close()

    thread = Thread(target=renew, name=f"lease {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def list_lapsed(jobs: QuerySet[J]) -> QuerySet[J]:
    """Running jobs whose worker has been silent for too long or is surely dead."""
    running = jobs.filter(status=Job.Status.RUNNING)
    names = running.values_list("owner", flat=True).distinct()
    dead = [owner for owner in names if process_ids.is_gone(owner)]
    return running.filter(Q(lease_until__lt=timezone.now()) | Q(owner__in=dead))


def requeue_job(job: Job) -> bool:
    """Give a lapsed job to whoever comes next, or end it when it had its tries.

    True for the one caller that ended it; of several that find the same job lapsed, only one moves
    it, and one that moved on meanwhile is left alone.
    """
    same = very(job, job.owner)
    if job.tries >= MOST_TRIES:
        ended = settle(same, Job.Status.FAILED, error="worker-lost")
        if ended:
            dead_letters.note_dead_job(job, "worker-lost", dead_letters.LOST)
        return ended
    same.update(share=0, **queued_fields())
    return False


def give_back(job: Job) -> bool:
    """Put a job of this process back into the queue, as if it had never been claimed."""
    return held_rows(job).update(tries=F("tries") - 1, **queued_fields()) > 0


def queued_fields() -> dict[str, Any]:
    """What a job has in the queue."""
    now = timezone.now()
    return {"status": Job.Status.QUEUED, "owner": "", "lease_until": None, "changed": now}


def renew_leases(jobs: Iterable[Job]) -> None:
    """Hold what this process still holds of these for another lease."""
    keys: dict[type[Job], list[Any]] = {}
    for job in jobs:
        keys.setdefault(type(job), []).append(job.pk)
    for kind, pks in keys.items():
        rows = kind._default_manager.filter(pk__in=pks, status=Job.Status.RUNNING)  # noqa: SLF001  Django names the default manager so
        rows.filter(owner=process_ids.this_process()).update(lease_until=timezone.now() + lease())


def count_ahead(jobs: Sequence[Job]) -> dict[Any, int]:
    """How many queued jobs of their kind go before each of these, by its key; one query for all."""
    if not jobs:
        return {}
    queued = type(jobs[0])._default_manager.filter(status=Job.Status.QUEUED)  # noqa: SLF001  Django names the default manager so
    before = {
        f"before_{at}": Count(
            "pk", filter=Q(tier__lt=job.tier) | Q(tier=job.tier, created__lt=job.created)
        )
        for at, job in enumerate(jobs)
    }
    found = queued.aggregate(**before)
    return {job.pk: found[f"before_{at}"] for at, job in enumerate(jobs)}
