"""Messages that say: there is work. The rows say which."""

from functools import partial

from django.db import connection, transaction

from foundation.messages import send_message, send_on_commit

PAID, FREE = "gpu.paid", "gpu.free"
# What a process that owns a device is started with.
OF_DEVICES = f"{PAID},{FREE}"
# What nobody has heard by then is not worth hearing: the timetable has told it again.
SECONDS = 600
# Where PostgreSQL tells of work for devices.
CHANNEL = "packshot_device"
WORK, WAKE = "tools.tasks.work", "tools.tasks.wake"
READ_PHOTO, FETCH_PHOTOS = "tools.tasks.read_photo", "tools.tasks.fetch_photos"
RECORD_EVENTS = "tools.tasks.record_measures"


def device_queue(tier: int) -> str:
    """Where the processes that own a device listen."""
    return FREE if tier else PAID


def announce_job(lot: str, tier: int) -> None:
    """Once its row is there to be seen, tell whoever can do a job of this lot."""
    if lot:
        wake_on_commit(lot, tier)
    else:
        announce_work()


def announce_work() -> None:
    """Once it is there to be seen, tell any worker that there is something to do."""
    send_on_commit(WORK, expires=SECONDS)


def wake_on_commit(lot: str, tier: int) -> None:
    """Wake whoever can do a job of this lot, as soon as its row is there to be seen."""
    if lot and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(partial(wake_worker, lot, tier))


def wake_worker(lot: str, tier: int) -> None:
    """Wake whoever can do a job of this lot. Where the broker is not to be had, others look by
    themselves after a while.
    """
    if lot:
        send_message(WAKE, queue=device_queue(tier), expires=SECONDS)
    else:
        send_message(WORK, expires=SECONDS)
