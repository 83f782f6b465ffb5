"""Which jobs a device does next: the most urgent, and those that can go with it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet

from tools import jobs
from tools.models import Attempt, Export, Job, Relay
from tools.pipeline.engines.descriptor import Engine

R = TypeVar("R", bound=Relay)

# How many of the queue are looked at for a batch before its lot is asked for by name.
LOOK_AHEAD = 32
# So often another process may have been quicker.
TRIES = 5


class Claims:
    """Claims for a process with these engines; `size` is the most jobs of a lot at once."""

    def __init__(self, engines: Iterable[Engine], size: Callable[[str, Engine], int]) -> None:
        self.engines = list(engines)
        self.size = size
        self.doable = Q(pk__in=())
        for engine in self.engines:
            self.doable |= Q(lot__startswith=prefix(engine))

    def engine(self, lot: str) -> Engine:
        return next(engine for engine in self.engines if lot.startswith(prefix(engine)))

    def claim(self) -> list[Relay]:
        """Take the most urgent job and, from those behind it, what can be done with it at once.

        One that was tried before runs alone: it may be what ended the process that had it.
        """
        for _ in range(TRIES):
            waiting = self.upcoming(LOOK_AHEAD)
            if overdue := jobs.overdue(self.queued(Attempt)):
                waiting.insert(0, overdue)
            if not waiting:
                break
            if mine := self.take(self.batch(waiting)):
                return mine
        return []

    def upcoming(self, most: int) -> list[Relay]:
        """The next jobs, in the order in which they go; no more of them than says which they are."""
        found: list[Relay] = [*self.queue(Export)[:most], *self.queue(Attempt)[:most]]
        # Somebody waits for a file with a finger on the button: of one tier those first.
        found.sort(key=lambda job: (job.tier, isinstance(job, Attempt), job.created))
        return found

    def queued(self, kind: type[R]) -> QuerySet[R]:
        rows = kind._default_manager.filter(self.doable, status=Job.Status.QUEUED)  # noqa: SLF001  Django names the default manager so
        return rows.only("lot", "tier", "created", "tries", "legs")

    def queue(self, kind: type[R]) -> QuerySet[R]:
        return self.queued(kind).order_by("tier", "created")

    def batch(self, waiting: Sequence[Relay]) -> list[Relay]:
        first = waiting[0]
        most = 1 if first.tries else self.size(first.lot, self.engine(first.lot))
        alike = [job for job in waiting[1:] if job.lot == first.lot and not job.tries]
        others = {job.pk: job for job in alike if job.pk != first.pk}
        if len(others) < most - 1 and len(waiting) >= LOOK_AHEAD:
            rows = self.queue(Attempt).filter(lot=first.lot, tries=0).exclude(pk=first.pk)
            others |= {job.pk: job for job in rows[: most - 1]}
        return [first, *list(others.values())[: most - 1]]

    def take(self, wanted: Sequence[Relay]) -> list[Relay]:
        """Those of the wanted that nobody else has taken."""
        mine: list[Relay] = []
        for kind in {type(job) for job in wanted}:
            these = [job for job in wanted if isinstance(job, kind)]
            taken = claimed(kind, these)
            mine += [job for job in these if job.pk in taken]
        return sorted(mine, key=wanted.index)


def prefix(engine: Engine) -> str:
    """How the lots of an engine begin, of whatever version."""
    return f"{engine.kind} {engine.name} "


def claimed(kind: type[Relay], wanted: Sequence[Relay]) -> set[Any]:
    """Write this process's name into what is still free of these rows; the keys of those it has."""
    rows: QuerySet[Any] = kind._default_manager.filter(pk__in=[job.pk for job in wanted])  # noqa: SLF001  Django names the default manager so
    fields = jobs.taken()
    with transaction.atomic():
        # PostgreSQL passes over what another process is just taking; on SQLite one writes at a time.
        free = rows.filter(status=Job.Status.QUEUED).select_for_update(skip_locked=True)
        count = rows.filter(pk__in=free.values("pk")).update(tries=F("tries") + 1, **fields)
    mine = {job.pk for job in wanted}
    if count < len(wanted):
        mine = set(rows.filter(**fields).values_list("pk", flat=True))
    for job in wanted:
        if job.pk in mine:
            job.tries += 1
            job.owner = fields["owner"]
    return mine
