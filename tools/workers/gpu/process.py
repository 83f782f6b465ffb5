"""Device process: one thread claims batches and runs them, others serve it.

Everything about a photo that needs no device is done by the workers: this process takes a job
for the step that needs one, and passes it on with the result.
"""

import logging
import sys
import time

from django.conf import settings
from django.db import connection

from tools.pipeline import engines
from tools.pipeline.engines import device
from tools.workers.gpu.loop import Device
from tools.workers.gpu.pg_listen import Listener
from tools.workers.gpu.watchdog import Watch

logger = logging.getLogger(__name__)

# More than any batch is given to end in.
SECONDS_TO_END = 60.0
SECONDS_BETWEEN_SWITCHES = 0.0005
SECONDS_OF_A_CLAIM = 0.005

_running: list[tuple[Device, Watch]] = []
_listening: list[Listener] = []


def start() -> None:
    """Own the device from now on."""
    # One may do several kinds of step.
    every = dict.fromkeys(engines.list_engines().values())
    found = [engine for engine in every if engine.on_device]
    able = [engine for engine in found if engine.unavailable() is None]
    if not able:
        logger.warning("No engine that needs a device can run here")
    owner = Device(able, settings.DEVICE_MEGABYTES or device.read_memory_budget())
    watch = Watch(owner)
    _running.append((owner, watch))
    owner.start()
    watch.start()
    if connection.vendor == "postgresql":
        listener = Listener(owner.rouse)
        _listening.append(listener)
        listener.start()
    # The threads beside the device's are to let go of the interpreter when that has something to do.
    sys.setswitchinterval(SECONDS_BETWEEN_SWITCHES)


def rouse_device() -> None:
    for owner, _ in _running:
        owner.rouse()
    # Whoever calls this may go on in a moment: the interpreter is the device thread's first.
    time.sleep(SECONDS_OF_A_CLAIM)


def stop() -> None:
    """Take on nothing new. Only sets flags: it may be called by a signal's handler."""
    for owner, _ in _running:
        owner.stop()


def join() -> None:
    """Wait until what runs has ended or was given back."""
    for listener in _listening:
        listener.done.set()
    for owner, watch in _running:
        owner.join(SECONDS_TO_END)
        watch.done.set()
        watch.join()
    _running.clear()
