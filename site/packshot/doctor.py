"""Health check for operators: what is set up, what answers and what is missing, each in one line."""

import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Model
from django.utils import timezone

from billing import audit
from billing.credits import local_credits
from billing.models import Customer, StripePrice, Subscription
from billing.payments.connection import is_local_checkout, open_gateway, read_stripe_setting
from foundation import heartbeats, sqlite_queue
from packshot import tasks, views
from tools.models import DeadLetter
from tools.pipeline import engines
from tools.pipeline.weights import places, soundness
from tools.pipeline.weights.catalogue import WEIGHTS

GIGABYTE = 10**9
# Less room than this is soon none.
LEAST_ROOM = 2 * GIGABYTE
SECONDS_TO_ANSWER = 10.0
# Any of these finds the subject better than what is built in.
FINER_CUTOUTS = frozenset({name for name in WEIGHTS if name.startswith(("birefnet", "isnet"))})
OK, NOTE, BAD = "ok", "note", "BAD"


@dataclass(frozen=True)
class Finding:
    """`state` is "ok", "note" (a choice that its owner should know of) or "BAD"."""

    state: str
    words: str


def run_checks() -> Iterator[tuple[str, Finding]]:
    """Each thing and what was found; a thing that breaks the look at it is bad, and the rest goes on."""
    for name, examine in EXAMINED.items():
        try:
            yield name, examine()
        except Exception as error:  # noqa: BLE001  whatever it is, it is the finding
            yield name, Finding(BAD, f"{type(error).__name__}: {' '.join(str(error).split())}")


def settings_are_sound() -> Finding:
    found = [item for item in checks.run_checks() if item.level >= checks.ERROR]
    if found:
        return Finding(BAD, "; ".join(item.msg for item in found))
    debug = " PACKSHOT_DEBUG is on: not for the public." if settings.DEBUG else ""
    return Finding(NOTE if debug else OK, f"the settings are sound.{debug}")


def address() -> Finding:
    if not settings.ORIGIN:
        return Finding(NOTE, "no PACKSHOT_ORIGIN: links lead wherever the browser asked.")
    return Finding(OK, settings.ORIGIN)


def disk() -> Finding:
    room = shutil.disk_usage(settings.DATA_DIR).free
    words = f"{room / GIGABYTE:.1f} GB free in {settings.DATA_DIR}"
    return Finding(OK if room > LEAST_ROOM else BAD, words)


def database() -> Finding:
    if (said := views.database()) != "ok":
        return Finding(BAD, said)
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        words = f"{len(pending)} migrations are pending: manage.py prepare"
        return Finding(BAD, f"{connection.vendor}, {words}")
    return Finding(OK, f"{connection.vendor}, up to date")


def queue() -> Finding:
    said = views.queue()
    where = "a file of ours" if sqlite_queue.queue_path(settings.CELERY_BROKER_URL) else broker()
    return Finding(OK, where) if said == "ok" else Finding(BAD, f"{where}: {said}")


def broker() -> str:
    """The broker's address without its password."""
    parts = urlsplit(settings.CELERY_BROKER_URL)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or ''}"


def storage() -> Finding:
    name, sent = f"{heartbeats.FOLDER}/{uuid.uuid4().hex}", uuid.uuid4().bytes
    default_storage.save(name, ContentFile(sent))
    with default_storage.open(name) as file:
        same = file.read() == sent
    default_storage.delete(name)
    kind = type(default_storage._wrapped).__name__  # type: ignore[attr-defined]  # noqa: SLF001  the lazy object's own
    return Finding(OK if same else BAD, f"{kind}: written, read back and deleted")


def worker() -> Finding:
    name, begun = uuid.uuid4().hex, time.monotonic()
    tasks.answer.delay(name)
    if not heartbeats.await_heartbeat(name, SECONDS_TO_ANSWER):
        return Finding(BAD, f"no worker answered within {SECONDS_TO_ANSWER:.0f} s")
    return Finding(OK, f"answered in {time.monotonic() - begun:.2f} s")


def timetable() -> Finding:
    age = heartbeats.heartbeat_age()
    if age is None:
        return Finding(
            BAD, "no sign of it yet: without it nothing is reaped, deleted or reconciled"
        )
    late = age > 3 * heartbeats.EVERY
    return Finding(BAD if late else OK, f"its last sign was {age.total_seconds():.0f} s ago")


def checkout() -> Finding:
    key = read_stripe_setting("STRIPE_SECRET_KEY")
    if not key:
        return Finding(NOTE, "no STRIPE_SECRET_KEY: credits are sold at the local test checkout")
    mode = "live" if "_live_" in key else "test"
    return Finding(OK if mode == "live" else NOTE, f"Stripe, {mode} mode")


def other_tills() -> Finding:
    """What is stored of another mode or account at Stripe, and is not used."""
    now = open_gateway().name
    found = [
        f"{many} {words} of {till or 'an unknown till'}"
        for words, rows in (
            ("customers", Customer),
            ("prices", StripePrice),
            ("plans", Subscription),
        )
        for till, many in count_by_till(rows, now)
    ]
    left = 0 if is_local_checkout() else local_credits.count_local_credits()
    if left:
        found.append(f"{left} credits bought at the local till (manage.py sweep_local_credits)")
    if not found:
        return Finding(OK, f"all that is stored is of {now}")
    return Finding(BAD if left else NOTE, f"{', '.join(found)}: not used with {now}")


def count_by_till(rows: type[Model], now: str) -> list[tuple[str, int]]:
    others = rows._default_manager.exclude(till=now).values_list("till")  # noqa: SLF001  Django's documented name
    return list(others.annotate(many=Count("pk")).order_by("till"))


def events() -> Finding:
    failed = audit.read_gauges()["billing_events_failed"]
    if failed:
        return Finding(BAD, f"{failed} events of Stripe's failed: take them up again in /admin/")
    return Finding(OK, "no event of Stripe's failed")


def mail() -> Finding:
    if settings.EMAIL_HOST:
        return Finding(OK, f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    where = settings.EMAIL_FILE_PATH or "the log"
    return Finding(NOTE, f"no mail server: codes to sign in with are in {where}")


def books() -> Finding:
    found = audit.find_problems()
    if found:
        return Finding(BAD, f"{len(found)} problems: manage.py audit_ledger")
    return Finding(OK, "the ledger is sound")


def given_up() -> Finding:
    """A file that breaks us comes seldom; several in a day are a fault of ours."""
    recent = DeadLetter.objects.filter(created__gte=timezone.now() - timedelta(days=1))
    counted = Counter(recent.values_list("kind", flat=True))
    if not counted:
        return Finding(OK, "nothing within a day")
    said = ", ".join(f"{number} {kind}" for kind, number in sorted(counted.items()))
    return Finding(NOTE, f"{said} within a day: /admin/tools/deadletter/")


def signing() -> Finding:
    if settings.SIGNING_CHAIN and settings.SIGNING_KEY:
        return Finding(OK, f"as {settings.PRODUCER}, with the operator's certificate")
    return Finding(NOTE, "with a certificate of this machine's own: others cannot trace it to you")


def models() -> Finding:
    found = {name: places.find_weights(weights) for name, weights in WEIGHTS.items()}
    here = {name: folder for name, folder in found.items() if folder}
    damaged = [
        name for name, folder in here.items() if soundness.find_damage(WEIGHTS[name], folder)
    ]
    if damaged:
        return Finding(BAD, f"damaged: {', '.join(damaged)}; manage.py models fetch mends them")
    names = sorted({engine.name for engine in engines.list_engines().values()})
    said = f"engines {', '.join(names)}; weights {len(here)} of {len(WEIGHTS)}"
    if not FINER_CUTOUTS & here.keys():
        said += ". Better cut-outs: manage.py models fetch birefnet-general (BiRefNet, MIT)"
    return Finding(OK, said)


EXAMINED: dict[str, Callable[[], Finding]] = {
    "settings": settings_are_sound,
    "address": address,
    "disk": disk,
    "database": database,
    "queue": queue,
    "storage": storage,
    "worker": worker,
    "timetable": timetable,
    "checkout": checkout,
    "other tills": other_tills,
    "events": events,
    "mail": mail,
    "books": books,
    "given up": given_up,
    "signing": signing,
    "models": models,
}
