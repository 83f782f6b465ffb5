"""The site as it is shipped: what requirements.txt names and nothing else, on PostgreSQL and Redis.

The environment is put together from the distributions that the tests' own has, a link for each of
their folders: no index is asked, and what a list forgets is missing as it would be at an operator's.
"""

import contextlib
import importlib.metadata
import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
import venv
from collections import Counter
from pathlib import Path

import httpx
import numpy as np
import pytest
from packaging.requirements import Requirement
from PIL import Image

from tests import servers

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PATIENCE = 300
# With a broker that is away a page may take its time, but nobody waits longer than this.
PATIENCE_OF_A_VISITOR = 60

# Django's settings are asked, so that it is seen what each address leads to.
LOAD = """
import json
import django
django.setup()
from django.conf import settings
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import connection
from celery import current_app
broker = current_app.connection_for_write()
print(json.dumps({
    "database": connection.Database.__name__,
    "broker": [type(broker.transport).__module__, broker.transport.driver_version()],
    "storage": type(storages["default"]).__module__,
    "mail": type(get_connection()).__module__,
    "cache": settings.CACHES["default"]["BACKEND"],
}))
"""
# What is under an engine of its own is imported where it runs.
IMPORT_ALL = """
import importlib, pkgutil, sys
import django
django.setup()
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(module.name)
"""


def shipped_distributions():
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if re.match("[a-z]", line):
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate():
                found = importlib.metadata.distribution(wanted.name)
                assert wanted.specifier.contains(found.version), line
                yield found


def tops(distribution):
    """What of it lies directly in site-packages; its programs are elsewhere."""
    return {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The interpreter of an environment that has what is shipped."""
    folder = tmp_path_factory.mktemp("shipped")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    owners = Counter(top for each in importlib.metadata.distributions() for top in tops(each))
    for distribution in shipped_distributions():
        for top in tops(distribution):
            # A folder that several share would bring the others along.
            assert owners[top] == 1, top
            (packages / top).symlink_to(distribution.locate_file(top))
    return folder / "bin/python"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """What every process of the site is told, beside where its services are."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return kept | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "PACKSHOT_DATA": str(tmp_path_factory.mktemp("data")),
        "PACKSHOT_SECRET_KEY": "a secret of the tests",
        "PACKSHOT_DEBUG": "1",
        "PACKSHOT_INDEXNOW": "0",
    }


@pytest.fixture(scope="module")
def run(python, environment):
    def run(*command, **told):
        done = subprocess.run(
            [python, *command],
            env=environment | told,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_nothing_else_is_in_the_environment(run):
    code = "import importlib.metadata as all; print(*(one.name for one in all.distributions()))"
    names = set(run("-I", "-c", code).lower().split())
    assert "django" in names
    assert not names & {"pytest", "mypy", "ruff", "torch", "playwright"}


def test_every_module_can_be_imported(run):
    packages = re.search(r"packages = \[(.+)\]", (ROOT / "pyproject.toml").read_text())[1]
    names = [Path(package).name for package in json.loads(f"[{packages}]")]
    run("-W", "error", "-c", IMPORT_ALL, *names)


def test_all_that_deploy_names_is_there(run):
    said = "\n".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    named = set(re.findall(r"\b([a-z][a-z0-9]*)://", said)) - {"http", "https"}
    # One more here needs one more below.
    assert named == {"postgres", "redis", "amqp", "s3", "smtp", "file"}
    ways = {
        "DATABASE_URL": "postgres://packshot:secret@127.0.0.1:9/packshot",
        "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
        "PACKSHOT_STORAGE_URL": "s3://bucket/prefix?endpoint=https://127.0.0.1:9",
        "PACKSHOT_MAIL_URL": "smtp://user:password@127.0.0.1:9",
    }
    found = json.loads(run("-c", LOAD, **ways))
    assert found["database"] == "psycopg"
    assert found["broker"][0] == "kombu.transport.redis"
    assert found["storage"].startswith("storages.")
    assert found["mail"].endswith("smtp")
    assert found["cache"].endswith("ForgivingCache")
    others = {
        "CELERY_BROKER_URL": "amqp://127.0.0.1:9//",
        "PACKSHOT_STORAGE_URL": "file:///var/pictures",
        "PACKSHOT_MAIL_URL": "file:///var/letters",
    }
    found = json.loads(run("-c", LOAD, **others))
    assert found["broker"][0] == "kombu.transport.pyamqp"
    assert found["mail"].endswith("filebased")


class Site:
    """The site's processes on a PostgreSQL of its own, and a Redis that is away to begin with."""

    def __init__(self, python, environment, run):
        self.python = python
        self.postgres, self.redis = servers.Postgres(), servers.Redis()
        self.postgres.ensure()
        self.environment = environment | {
            "DATABASE_URL": self.postgres.url,
            "CELERY_BROKER_URL": self.redis.url,
        }
        self.processes, self.has_broker = [], False
        self.log = (Path(environment["PACKSHOT_DATA"]) / "log").open("w+")
        run("manage.py", "migrate", "--verbosity=0", **self.environment)
        self.address = f"http://127.0.0.1:{servers.spare_port()}"
        port = self.address.rpartition(":")[2]
        self.start("uvicorn", "packshot.asgi:application", f"--port={port}", "--no-access-log")
        self.becomes("no web server", lambda: self.answers("/healthz"))

    def start(self, *program):
        started = subprocess.Popen(
            [self.python, "-m", *program],
            env=self.environment,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.processes.append(started)

    def broker_comes(self):
        """Redis, a worker and the timetable."""
        if not self.has_broker:
            self.has_broker = True
            self.redis.ensure()
            celery = ["celery", "--quiet", "--skip-checks", "--app=packshot"]
            self.start(*celery, "worker", "--loglevel=WARNING", "--concurrency=1")
            self.start(*celery, "beat", "--loglevel=WARNING", "--pidfile=")

    def answers(self, path):
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.address}{path}", timeout=PATIENCE).status_code == 200
        return False

    def becomes(self, otherwise, condition):
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"{otherwise}\n{self.said()}"
            assert all(process.poll() is None for process in self.processes), self.said()
            time.sleep(0.1)

    def said(self):
        self.log.flush()
        return Path(self.log.name).read_text()

    def end(self):
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.log.close()
        self.redis.stop()
        self.postgres.stop()


@pytest.fixture(scope="module")
def site(python, environment, run):
    if servers.postgres_binaries() is None or shutil.which("redis-server") is None:
        pytest.skip("PostgreSQL or Redis is not installed")
    site = Site(python, environment, run)
    yield site
    site.end()


@pytest.fixture
def visitor(site):
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    with httpx.Client(
        base_url=site.address, headers=headers, timeout=PATIENCE_OF_A_VISITOR
    ) as client:
        yield client


def mug(grain):
    y, x = np.mgrid[:96, :96] - 48
    noise = np.random.default_rng(grain).normal(0, 2, (96, 96, 1))
    pixels = np.where((np.hypot(x, y) < 24)[..., None], (170, 40, 35), (222, 220, 214)) + noise
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def send(visitor, grain):
    """A photo, and an attempt at it: the two answers."""
    photo = visitor.post("/photos/", files={"file": ("mug.png", mug(grain))})
    wish = {"photo": photo.json().get("id", ""), "tool": "remove-background"}
    return photo, visitor.post("/attempts/", data=wish)


def is_cut_out(visitor, attempt):
    found = visitor.get(f"/attempts/{attempt.json()['id']}/").json()
    assert found["status"] not in {"failed", "cancelled"}, found
    return found["status"] == "done"


def test_what_is_asked_for_while_the_broker_is_away_is_done_when_it_is_back(site, visitor):
    assert not site.has_broker
    photo, attempt = send(visitor, grain=1)
    assert (photo.status_code, attempt.status_code) == (201, 201), site.said()
    assert visitor.get(f"/attempts/{attempt.json()['id']}/").json()["status"] == "queued"
    assert "Traceback" not in site.said()
    site.broker_comes()
    site.becomes("nothing is cut out", lambda: is_cut_out(visitor, attempt))


def test_a_photo_is_cut_out_on_postgresql_and_redis(site, visitor):
    site.broker_comes()
    before = len(site.said())
    photo, attempt = send(visitor, grain=2)
    site.becomes("nothing is cut out", lambda: is_cut_out(visitor, attempt))
    assert visitor.get(f"/photos/{photo.json()['id']}/").json()["state"] == "ready"
    wish = visitor.post(f"/attempts/{attempt.json()['id']}/exports/", data={"format": "png"})
    export = f"/exports/{wish.json()['id']}/"
    site.becomes("no file", lambda: visitor.get(export).json()["status"] == "done")
    file = Image.open(io.BytesIO(visitor.get(f"{export}file/").content))
    alpha = np.asarray(file.getchannel("A"))
    # The mug is there, and what was around it is not.
    assert alpha[48, 48] == 255
    assert alpha[2, 2] == 0
    assert "Traceback" not in site.said()[before:]
