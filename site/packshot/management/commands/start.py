"""One command for the whole site: web server, worker and timetable, as processes of their own."""

import asyncio
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections

from foundation import environment
from foundation.processes import NotReadyError, Supervisor
from foundation.sqlite_queue import QueueError
from packshot import preparing
from packshot.programs import list_programs
from seo.desk import marketers

HIGHEST_PORT = 65535
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  listened on only if asked for


class Command(BaseCommand):
    help = "Start the site: web server, worker and timetable. Ctrl-C ends them all."
    requires_system_checks = []  # the address should appear soon; `make test` checks

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, host: str, port: str, **options: Any) -> None:
        number = free_port(host, port)
        # What the site writes is nobody else's on this machine.
        os.umask(0o077)
        # The processes of the site answer as what they listen on.
        os.environ["HOST"] = host
        with sole_use(settings.DATA_DIR):
            try:
                preparing.prepare_site()
                self.has_staff = marketers.has_staff()
                connections.close_all()  # none may be inherited
                asyncio.run(self.supervise(host, number))
            except (DatabaseError, QueueError, OSError) as error:
                raise CommandError(" ".join(str(error).split())) from error
            except NotReadyError:
                raise CommandError("The web server does not start; it says why above.") from None
            except KeyboardInterrupt:
                raise CommandError("Stopped while preparing.") from None

    async def supervise(self, host: str, port: int) -> None:
        reached = ANYWHERE.get(host, host)
        name = f"[{reached}]" if ":" in reached else reached
        await Supervisor(
            list_programs(host, port),
            ready=lambda: is_healthy(reached, port),
            announce=lambda: self.announce(f"http://{name}:{port}/"),
            say=lambda words: self.stderr.write(f"Packshot: {words}"),
        ).run()

    def announce(self, address: str) -> None:
        self.stdout.write(f"Packshot is at {address}")
        hosts = ", ".join(environment.list_hosts(settings.ORIGIN))
        self.stderr.write(f"Packshot: it answers as {hosts} (PACKSHOT_HOSTS names others).")
        if not self.has_staff:
            say = "manage.py marketer YOU@EXAMPLE.COM --admin"
            self.stderr.write(
                f"Packshot: nobody works at the desk (/admin/) yet; {say} lets you in."
            )


def free_port(host: str, port: str) -> int:
    """The port as a number, found free; 0 stands for any."""
    if not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise CommandError(f"The port must be a number up to {HIGHEST_PORT}, not {port!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                "Choose another, such as PORT=8001."
            ) from error
        found: int = probe.getsockname()[1]
        return found


@contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Hold the data folder; it is free again when this process ends, however it ends."""
    path = folder / "start.lock"
    try:
        file = path.open("a+")
    except OSError as error:
        raise CommandError(
            f"The data folder {folder} is not writable: {error.strerror}."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CommandError(
                f"Packshot already runs on the data folder {folder} (process {file.read()})."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


async def is_healthy(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
