"""The processes that the site is made of. Whoever asks need not have set Django up."""

import sys

from foundation.processes import Program
from tools.pipeline import engines
from tools.pipeline.engines import device
from tools.queue import messages

# One thread hears the messages; the device has its own.
ON_DEVICE = ["--pool=threads", "--concurrency=1", f"--queues={messages.OF_DEVICES}"]


def list_programs(host: str, port: int) -> list[Program]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--skip-checks", "--app", "packshot"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = [*python, "uvicorn", "packshot.asgi:application", f"--host={host}", f"--port={port}"]
    quiet = ["--log-level=warning", "--no-access-log"]
    guarded = ["--http=foundation.http_guard:GuardedProtocol"]
    return [
        # Open event streams would keep the web server from ending.
        Program("web", [*web, *quiet, *guarded, "--timeout-graceful-shutdown=2"]),
        Program("worker", [*celery, "worker", "--loglevel=WARNING", *alone]),
        Program("timetable", [*celery, "beat", "--loglevel=WARNING", "--pidfile="]),
        *(
            Program(
                f"worker on {name}",
                [*celery, "worker", "--loglevel=WARNING", *alone, *ON_DEVICE],
                {device.VARIABLE: name},
            )
            for name in devices()
        ),
    ]


def devices() -> list[str]:
    """The devices that a worker of their own is to be started for."""
    wanted = any(
        engine.on_device and engine.unavailable() is None
        for engine in engines.list_engines().values()
    )
    return device.list_devices() if wanted else []
