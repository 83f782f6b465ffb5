"""Queue benchmark of a device: a simulated device, real processes, this site's kinds of database and
broker, all in a scratch copy that is gone afterwards.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connection

from billing.benchmark import scratch_database
from tools.benchmarks import simulated_engine
from tools.pipeline.engines import VARIABLE as ENGINES
from tools.pipeline.engines.device import VARIABLE as DEVICE

# The database of a Redis that is used; it must be empty.
SCRATCH_REDIS = "15"


def measure() -> list[dict[str, Any]]:
    """Throughput with free jobs waiting while paid ones arrive, how long those wait, how soon a
    killed process's jobs run again, and what passes between the queueing of a job and its start.
    """
    with tempfile.TemporaryDirectory() as folder, scratch(Path(folder)) as environment:
        run = subprocess.run(
            [sys.executable, "-m", "tools.benchmarks.load"],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    rows: list[dict[str, Any]] = json.loads(run.stdout)
    return rows


@contextmanager
def scratch(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a site like this one that holds nothing."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "PACKSHOT_DATA": str(folder),
        "PACKSHOT_STORAGE_URL": "",
        "PACKSHOT_SECRET_KEY": "measuring",
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "",
        DEVICE: "cpu",
        ENGINES: simulated_engine.__name__,
        simulated_engine.NOTES: str(folder / "notes"),
    }
    with scratch_broker() as broker:
        environment["CELERY_BROKER_URL"] = broker
        if connection.vendor == "sqlite":
            yield environment
            return
        with scratch_database():
            parts = urlsplit(os.environ["DATABASE_URL"])
            name = connection.settings_dict["NAME"]
            environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
            yield environment


@contextmanager
def scratch_broker() -> Iterator[str]:
    """A broker like this site's; empty: the embedded one, in the scratch folder."""
    if not settings.CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
        yield ""
        return
    parts = urlsplit(settings.CELERY_BROKER_URL)
    url = urlunsplit(parts._replace(path=f"/{SCRATCH_REDIS}"))
    client = redis.Redis.from_url(url)
    if client.dbsize():
        raise ValueError(f"The Redis database {SCRATCH_REDIS} is not empty.")
    try:
        yield url
    finally:
        client.flushdb()
