"""Messages that say: there is work. The rows say which."""

import logging
from functools import partial

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

PAID, FREE = "gpu.paid", "gpu.free"
# What a process that owns a device is started with.
OF_DEVICES = f"{PAID},{FREE}"
# What nobody has heard by then is not worth hearing: the timetable has rung again.
SECONDS = 600
# Where PostgreSQL tells of work for devices.
CHANNEL = "packshot_device"


def queue(tier: int) -> str:
    """Where the processes that own a device listen."""
    return FREE if tier else PAID


def ring_on_commit(lot: str, tier: int) -> None:
    """Wake whoever can do a job of this lot, as soon as its row is there to be seen."""
    if lot and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(partial(ring, lot, tier))


def ring(lot: str, tier: int) -> None:
    """Wake whoever can do a job of this lot. Where the broker is not to be had, others look by
    themselves after a while.
    """
    try:
        if lot:
            current_app.send_task("tools.tasks.wake", queue=queue(tier), expires=SECONDS)
        else:
            current_app.send_task("tools.tasks.work", expires=SECONDS)
    except OperationalError as error:
        logger.warning("Nobody could be told of work: %s", error)
