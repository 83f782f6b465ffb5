"""A process that owns a device, forked from one that has imported all that it needs."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

django.setup()

import tools.workers.gpu.process  # noqa: E402, F401  imported here once for all that are forked
from packshot.celery import app  # noqa: E402  the settings come first
from tools.queue import messages  # noqa: E402  the settings come first

ARGUMENTS = ("--pool=threads", "--concurrency=1", "--loglevel=WARNING", "--without-heartbeat")


def play(log, lease):
    """Be a worker on the device's queues; what it says goes into the log."""
    settings.LEASE_SECONDS = lease
    os.setsid()
    with Path(log).open("a") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    alone = ["--without-gossip", "--without-mingle"]
    app.worker_main(["--quiet", "worker", *ARGUMENTS, *alone, f"--queues={messages.OF_DEVICES}"])
    sys.exit(0)
