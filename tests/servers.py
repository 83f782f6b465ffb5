"""A throw-away PostgreSQL and Redis for the tests, from what is installed.

A pytest plugin (`-p tests.servers`), loaded before Django reads its settings: where no DATABASE_URL
is given and PostgreSQL is installed, it names one. The server itself starts with the first test
that wants a database, and is gone with pytest, even when pytest is killed.
"""

import atexit
import contextlib
import importlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

STARTS_WITHIN = 60


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_binaries() -> Path | None:
    """The newest installed version's folder."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def servant() -> str | None:
    """Whom to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_servant(command: list[str]) -> list[str]:
    """The command, run as nobody important, that ends when we do."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    rights = []
    if user := servant():
        rights = [f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
    return [setpriv, "--pdeathsig=INT", *rights, "--", *command]


class Server:
    """A process with a folder of its own, started when first wanted."""

    def __init__(self, prefix: str) -> None:
        self.port = spare_port()
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        self.process: subprocess.Popen[bytes] | None = None
        if user := servant():
            shutil.chown(self.folder, user)

    def start(self, command: list[str], ready: Callable[[], bool]) -> None:
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            as_servant(command), cwd=self.folder, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        until = time.monotonic() + STARTS_WITHIN
        while not ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """`durable` makes it as slow as a real one, for what is measured."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__("packshot-postgres-")
        self.durable = durable
        self.url = f"postgres://packshot@127.0.0.1:{self.port}/postgres"

    def ensure(self) -> None:
        if self.process is not None:
            return
        binaries = postgres_binaries()
        if binaries is None:
            raise RuntimeError("PostgreSQL is not installed")
        data = self.folder / "data"
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "packshot", "-A", "trust"]
        subprocess.run(
            as_servant([*initdb, "-E", "UTF8", "--locale=C", "--no-sync"]),
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", "max_connections=200"]
        settings += [f"unix_socket_directories={self.folder}", "shared_buffers=128MB"]
        if not self.durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = [word for setting in settings for word in ("-c", setting)]
        self.start([str(binaries / "postgres"), "-D", str(data), *options], self.accepts)

    def accepts(self) -> bool:
        log = (self.folder / "log").read_bytes()
        return b"ready to accept connections" in log


class Redis(Server):
    def __init__(self) -> None:
        super().__init__("packshot-redis-")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def ensure(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "."]
        self.start(["redis-server", *options, "--appendonly", "no"], self.accepts)

    def accepts(self) -> bool:
        return b"Ready to accept connections" in (self.folder / "log").read_bytes()


# Named before the settings are read; started when a test wants it.
ours = None
if not os.environ.get("DATABASE_URL") and postgres_binaries() is not None:
    ours = Postgres()
    os.environ["DATABASE_URL"] = ours.url


def pytest_configure(config: pytest.Config) -> None:
    # With xdist the workers find the address in their environment, and the server up.
    if ours is not None and getattr(config.option, "numprocesses", None):
        ours.ensure()


def pytest_unconfigure() -> None:
    if ours is not None:
        ours.stop()


def pytest_collection_finish(session: pytest.Session) -> None:
    if not any(wants_database(item) for item in session.items):
        return
    if ours is not None:
        ours.ensure()
    database = importlib.import_module("django.conf").settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # In a file, as the site has it: threads cannot share one that is in memory.
        database["TEST"] = {**database.get("TEST", {}), "NAME": temporary_file()}


def wants_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool({"db", "transactional_db", "live_server"} & fixtures)


def temporary_file() -> str:
    folder = tempfile.mkdtemp(prefix="packshot-sqlite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return f"{folder}/test.sqlite3"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis that may be emptied."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    server = Redis()
    server.ensure()
    yield server.url
    server.stop()
