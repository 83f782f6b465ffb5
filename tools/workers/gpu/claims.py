"""Claims: which jobs a device does next: the most urgent, and those that can go with it.

The device waits while this runs, so it is two statements, written out.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tools.models import Attempt, Export, Job, Relay
from tools.pipeline.engines.descriptor import Engine
from tools.queue import leases

# How many of the queue are looked at for a batch before its lot is asked for by name.
LOOK_AHEAD = 32
# So often another process may have been quicker.
TRIES = 5
# Somebody waits for a file with a finger on the button: of one tier those first.
KINDS: tuple[type[Relay], ...] = (Export, Attempt)

COLUMNS = "id, lot, tier, created, tries, legs"
QUEUED = "SELECT %s AS kind, {columns} FROM {table} WHERE status = 'queued' AND ({wanted})"
NEXT = "SELECT * FROM ({queues}) AS waiting ORDER BY tier, kind, created LIMIT %s"
# The lot is looked at again: since a job was seen to wait, another process may have taken it, done its
# part and handed it on.
# PostgreSQL passes over what another process is just taking; on SQLite one writes at a time.
TAKE = """
UPDATE {table} SET status = 'running', owner = %s, lease_until = %s, started = %s, changed = %s,
    step = '', tries = tries + 1
WHERE id IN (SELECT id FROM {table} WHERE id IN ({places}) AND status = 'queued'
    AND lot = %s {lock})
RETURNING id
"""


class Waiting(NamedTuple):
    """A queued job, and no more of it than says which it is."""

    kind: type[Relay]
    pk: UUID
    lot: str
    tries: int
    legs: int


class Claims:
    """Claims for a process with these engines; `size` is the most jobs of a lot at once."""

    def __init__(self, engines: Iterable[Engine], size: Callable[[str, Engine], int]) -> None:
        self.engines = list(engines)
        self.size = size
        self.prefixes = [prefix(engine) for engine in self.engines]

    def engine(self, lot: str) -> Engine:
        return next(engine for engine in self.engines if lot.startswith(prefix(engine)))

    def claim(self) -> list[Relay]:
        """Take the most urgent job and, from those behind it, what can be done with it at once.

        One that was tried before runs alone: it may be what ended the process that had it.
        """
        for _ in range(TRIES):
            waiting = self.upcoming(LOOK_AHEAD)
            if not waiting:
                break
            if leases.is_others_turn() and (overdue := leases.find_overdue(queued())):
                waiting = self.upcoming(1, "id = %s", [stored(overdue)]) + waiting
            if mine := taken(self.batch(waiting)):
                return mine
        return []

    def upcoming(
        self, most: int, wanted: str = "1 = 1", values: Sequence[Any] = ()
    ) -> list[Waiting]:
        """The next jobs for which the condition holds, in the order in which they go."""
        ours = " OR ".join(["substr(lot, 1, %s) = %s"] * len(self.prefixes)) or "1 = 0"
        lengths = [part for name in self.prefixes for part in (len(name), name)]
        return queue(f"({ours}) AND {wanted}", [*lengths, *values], most)

    def batch(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        first = waiting[0]
        most = 1 if first.tries else self.size(first.lot, self.engine(first.lot))
        alike = [job for job in waiting if job.lot == first.lot and not job.tries]
        if len(alike) < most and len(waiting) >= LOOK_AHEAD:
            alike = self.upcoming(most, "lot = %s AND tries = 0", [first.lot])
        return [first, *[job for job in alike if job.pk != first.pk][: most - 1]]


def queued() -> QuerySet[Attempt, UUID]:
    attempts = Attempt.objects.filter(status=Job.Status.QUEUED).exclude(lot="")
    return attempts.values_list("pk", flat=True)


def prefix(engine: Engine) -> str:
    """How the lots of an engine begin, of whatever version."""
    return f"{engine.kind} {engine.name} "


def queue(wanted: str, values: Sequence[Any], most: int) -> list[Waiting]:
    """The most urgent of the queued jobs that the condition holds for."""
    queues = [
        QUEUED.format(columns=COLUMNS, table=kind._meta.db_table, wanted=wanted)  # noqa: SLF001  Django names its tables so
        for kind in KINDS
    ]
    given = [value for number in range(len(KINDS)) for value in (number, *values)]
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(queues=" UNION ALL ".join(queues)), [*given, most])
        rows = cursor.fetchall()
    return [
        Waiting(KINDS[kind], key(pk), lot, tries, legs) for kind, pk, lot, _, _, tries, legs in rows
    ]


def key(found: Any) -> UUID:
    """A job's key as the database gives it."""
    return found if isinstance(found, UUID) else UUID(found)


def stored(pk: UUID) -> Any:
    """The key as the database holds it."""
    return Attempt._meta.pk.get_db_prep_value(pk, connection)  # noqa: SLF001  Django names it so


def taken(wanted: Sequence[Waiting]) -> list[Relay]:
    """Those of the wanted, all of one lot, that nobody else has taken; they bear this process's name
    now.
    """
    fields = leases.claim_fields()
    times = [
        connection.ops.adapt_datetimefield_value(fields[name])
        for name in ("lease_until", "started", "changed")
    ]
    mine: set[UUID] = set()
    for kind in {job.kind for job in wanted}:
        keys = [stored(job.pk) for job in wanted if job.kind is kind]
        skips = connection.features.has_select_for_update_skip_locked
        sql = TAKE.format(
            table=kind._meta.db_table,  # noqa: SLF001  as above
            places=", ".join(["%s"] * len(keys)),
            lock="FOR UPDATE SKIP LOCKED" if skips else "",
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [fields["owner"], *times, *keys, wanted[0].lot])
            mine |= {key(pk) for (pk,) in cursor.fetchall()}
    return [
        job.kind(id=job.pk, lot=job.lot, legs=job.legs, tries=job.tries + 1, owner=fields["owner"])
        for job in wanted
        if job.pk in mine
    ]
