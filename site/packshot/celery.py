import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import (
    worker_process_init,
    worker_ready,
    worker_shutdown,
    worker_shutting_down,
)

from foundation.sqlite_queue import register_transport
from tools.queue import messages

# What is worth more than one core the pipeline divides itself; pools below it would only fight.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")

register_transport()
app = Celery("packshot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def owns_device() -> bool:
    """Whether this process is a worker that listens to the queues of a device."""
    return messages.PAID in app.amqp.queues.consume_from


@worker_process_init.connect
def start_decoder(**_: Any) -> None:
    """One for each process that does tasks, before the first photo comes."""
    import_module("tools.rendering.decoding").warm_up()


@worker_ready.connect
def own_device(**_: Any) -> None:
    if owns_device():
        import_module("tools.workers.gpu.process").start()


@worker_shutting_down.connect
def claim_no_more(**_: Any) -> None:
    if owns_device():
        import_module("tools.workers.gpu.process").stop()


@worker_shutdown.connect
def leave_device(**_: Any) -> None:
    if owns_device():
        import_module("tools.workers.gpu.process").join()
