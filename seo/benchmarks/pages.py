"""Page benchmark: the public pages when there are fifty thousand of them, `manage.py measure pages`.

In a database of its own that is thrown away. The servers are the site's own, two processes as on
two cores. Requests come at fixed times, whether or not the ones before were answered, so that a
slow answer is not hidden by asking later.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

A_SECOND, SECONDS = 200, 15
LINES = 40  # kept open, as a proxy keeps them
PORTS = (8733, 8734)
CLOCK = os.sysconf("SC_CLK_TCK")
REQUEST = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"


def measure() -> list[dict[str, Any]]:
    """Each part of the sitemap cold, then pages under load, warm. Times in ms, sizes in MB."""
    with tempfile.TemporaryDirectory(prefix="packshot-pages-") as folder:
        env = {**os.environ, "PACKSHOT_DATA": folder, "DATABASE_URL": "", "CELERY_BROKER_URL": ""}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "prepare"], env=env, check=True)  # noqa: S603  our own program
        filling = [sys.executable, "-m", "seo.benchmarks.fill"]
        told = subprocess.run(filling, env=env, check=True, capture_output=True, text=True)  # noqa: S603  as above
        found: dict[str, Any] = json.loads(told.stdout)
        with serving(env) as servers:
            paths = found["paths"]
            for port in PORTS:
                asyncio.run(asked(paths, [port]))  # warm
            before = spent(servers)
            waits = asyncio.run(asked(paths * (A_SECOND * SECONDS // len(paths))))
            cpu = (spent(servers) - before) / len(waits)
    shares = quantiles(waits, n=100)
    load = {"what": f"page, {A_SECOND} requests/s", "ms": shares[49], "p95": shares[94]}
    return [*found["maps"], {**load, "p99": shares[98], "cpu": cpu}]


@contextmanager
def serving(env: dict[str, str]) -> Iterator[list[int]]:
    """Two servers, as behind a proxy; gives the keys of their processes."""
    server = [sys.executable, "-m", "uvicorn", "packshot.asgi:application"]
    quiet = ["--log-level=warning", "--no-access-log"]
    processes = [
        subprocess.Popen([*server, f"--port={port}", *quiet], env=env)  # noqa: S603  our own program
        for port in PORTS
    ]
    try:
        asyncio.run(ready())
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


async def ready() -> None:
    """Until both answer."""
    for port in PORTS:
        for _ in range(600):
            try:
                await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                break
        else:
            raise TimeoutError


def spent(processes: list[int]) -> float:
    """Milliseconds that these have computed."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / CLOCK


async def asked(paths: list[str], ports: Sequence[int] = PORTS) -> list[float]:
    """Ask for each path at its time; milliseconds from then until the last byte was there."""
    lines: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for at in range(LINES):
        port = ports[at % len(ports)]
        lines.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    begun = time.perf_counter() + 0.1

    async def one(number: int, path: str) -> float:
        due = begun + number / A_SECOND
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        line = await lines.get()
        await answer(*line, path)
        lines.put_nowait(line)
        return 1000 * (time.perf_counter() - due)

    return list(await asyncio.gather(*(one(*item) for item in enumerate(paths))))


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(REQUEST.format(path=path).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if " 200 " not in head.partition("\r\n")[0]:
        raise RuntimeError(f"{path}: {head.partition(chr(13))[0]}")
    length = next(row for row in head.split("\r\n") if row.startswith("content-length:"))
    await reader.readexactly(int(length.partition(":")[2]))
