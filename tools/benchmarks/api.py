"""API benchmark: how long programs wait for a cut-out over HTTP, one at a time and four at once."""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from django.conf import settings
from PIL import Image

from tools.benchmarks.editor import NoServerError
from tools.benchmarks.queue import scratch
from tools.pipeline.engines import VARIABLE as ENGINES
from tools.pipeline.engines.device import VARIABLE as DEVICE
from tools.storage import samples

SAMPLE = "mug-on-paper"
PIXELS = 2_000_000
CALLS = {1: 20, 4: 40}
WARMING = 4
# What a client waits for one answer, and for a server to come up.
PATIENCE, STARTS_WITHIN = 60.0, 180.0


def measure(*, address: str = "", key: str = "") -> list[dict[str, Any]]:
    """Seconds from the first byte sent to the last received, for photos of 2 megapixels that nobody
    has seen, as PNG at full size; by how many call at once. A 429 is waited for and asked again, and
    all of that counts. Without an address a site of its own is started, with the embedded parts, and is gone
    afterwards. Raises NoServerError.
    """
    if address:
        return measure_server(address.rstrip("/"), key)
    with running_site() as (started, secret):
        return measure_server(started, secret)


def measure_server(address: str, key: str) -> list[dict[str, Any]]:
    photos = make_photos(WARMING + sum(CALLS.values()))
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        for _ in range(WARMING):
            ask(client, key, next(photos))
    return [measure_callers(address, key, photos, *each) for each in CALLS.items()]


def measure_callers(
    address: str, key: str, photos: Iterator[bytes], callers: int, calls: int
) -> dict[str, Any]:
    sent = [next(photos) for _ in range(calls)]
    begun = time.perf_counter()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        with ThreadPoolExecutor(callers) as pool:
            answers = list(pool.map(lambda photo: ask(client, key, photo), sent))
        whole = time.perf_counter() - begun
    waits = sorted(seconds for seconds, _ in answers)
    return {
        "callers": callers,
        "calls": calls,
        "p50_s": waits[len(waits) // 2],
        "p95_s": waits[min(len(waits) - 1, round(0.95 * len(waits)))],
        "slowest_s": waits[-1],
        "asked_again": sum(again for _, again in answers),
        "calls_a_minute": 60 * calls / whole,
    }


def ask(client: httpx.Client, key: str, photo: bytes) -> tuple[float, int]:
    """How long one caller waits, and how often it was told to ask again."""
    begun, again = time.perf_counter(), 0
    while True:
        try:
            answer = client.post(
                "/v1.0/removebg",
                files={"image_file": ("photo.jpg", photo)},
                data={"size": "full", "format": "png"},
                headers={"X-Api-Key": key},
            )
        except httpx.TransportError as error:
            raise NoServerError(str(error)) from error
        if answer.status_code == httpx.codes.OK:
            return time.perf_counter() - begun, again
        if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            raise NoServerError(f"{answer.status_code} {answer.text[:200]}")
        again += 1
        time.sleep(int(answer.headers["Retry-After"]))


def make_photos(number: int) -> Iterator[bytes]:
    """So many photos of one thing, each with a grain of its own: nothing of one is known of another."""
    with Image.open(samples.get_sample(SAMPLE).path) as found:
        scale = (PIXELS / (found.width * found.height)) ** 0.5
        size = round(found.width * scale), round(found.height * scale)
        plain = np.asarray(found.convert("RGB").resize(size), np.int16)
    for seed in range(number):
        grain = np.random.default_rng(seed).integers(-3, 4, plain.shape, np.int16)
        out = io.BytesIO()
        Image.fromarray(np.clip(plain + grain, 0, 255).astype(np.uint8)).save(
            out, "JPEG", quality=90
        )
        yield out.getvalue()


@contextmanager
def running_site() -> Iterator[tuple[str, str]]:
    """A site of one machine that holds nothing: its address, and a key with credits."""
    with tempfile.TemporaryDirectory() as folder, scratch(Path(folder)) as said:
        # Of the benchmark of devices only the rest of its environment is wanted.
        unwanted = (ENGINES, DEVICE)
        environment = os.environ | {name: said[name] for name in said if name not in unwanted}
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        port = find_port()
        command = [*manage, "start", "--host", "127.0.0.1", "--port", str(port)]
        site = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  our own
        try:
            address = f"http://127.0.0.1:{port}"
            await_server(address, site)
            yield address, make_key(manage, environment)
        finally:
            site.terminate()
            site.wait()


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_server(address: str, site: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and site.poll() is None:
        try:
            if httpx.get(f"{address}/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise NoServerError(address)


def make_key(manage: list[str], environment: dict[str, str]) -> str:
    command = [*manage, "api_key", "create", "--credits", "1000", "--rate-limit", "100000"]
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  our own
    return run.stdout.split()[-1]
