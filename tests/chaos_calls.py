"""Kill the web server and the worker while programs call the API, and see that each got one result
and paid once.

    python tests/chaos_calls.py [--calls 100] [--kills 12] [--callers 4] [--seed 1] [--embedded]

The real processes, as `tests/chaos.py` runs them; on a throw-away PostgreSQL, or with --embedded on SQLite.
Programs send what nobody has seen, and send the same again whenever nobody answers or they are told to
wait, as remove.bg's own clients do. Exits with 1 when results, charges and calls are not as many.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
OURS = [str(ROOT), str(ROOT / "site")]
sys.path[:0] = OURS

from tests import chaos, children, servers  # noqa: E402  the path comes first

PATIENCE = 400  # seconds
TIMEOUT = 20  # seconds, as the strictest client has it
# What is left, read in a process of its own, which alone needs Django's settings.
COUNT = """
import json, django
django.setup()
from django.db.models import Sum
from billing import audit
from billing.models import Hold
from tools.models import Call
print(json.dumps({
    "calls": Call.objects.filter(attempt__status="done").count(),
    "charges": Hold.objects.filter(state="captured").count(),
    "credits": Hold.objects.filter(state="captured").aggregate(all=Sum("captured"))["all"] or 0,
    "still held": Hold.objects.filter(state="held").count(),
    "invariant rows": len(audit.find_problems()),
}))
"""


def environment_of(folder, database):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "PYTHONPATH": os.pathsep.join(OURS),
        "PACKSHOT_DATA": str(folder),
        "PACKSHOT_DEBUG": "0",
        "PACKSHOT_WARM": "0",
        "PACKSHOT_LEASE_SECONDS": "2",
        "DATABASE_URL": database,
    }
    for name in ("CELERY_BROKER_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        environment.pop(name, None)
    return environment


def managed(environment, *words, **options):
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, **options)


def call(client, key, number):
    """Ask until there is a picture; False when patience ends before."""
    until = time.monotonic() + PATIENCE
    sent = {"image_file": (f"{number}.png", chaos.picture(number))}
    while time.monotonic() < until:
        pause = 0.2
        try:
            fields = {"size": "full"}
            answer = client.post(
                "/v1.0/removebg", files=sent, data=fields, headers={"X-Api-Key": key}
            )
            if answer.status_code == 200:
                return answer.content.startswith(b"\x89PNG")
            if answer.status_code < 500 and answer.status_code != 429:
                raise RuntimeError(answer.text)
            pause = min(2, int(answer.headers.get("Retry-After", 1)))
        except httpx.TransportError:
            pass
        time.sleep(pause)
    return False


def load(address, running, key, given):
    """Every call in turn, and a strike where its number comes up; how many got a picture."""
    dice = random.Random(given.seed)
    strikes = sorted(dice.randrange(given.calls) for _ in range(given.kills))
    turn = threading.Lock()

    def one(number):
        with turn:
            while strikes and strikes[0] <= number:
                strikes.pop(0)
                chaos.strike(running, dice)
        return call(client, key, number)

    client = httpx.Client(base_url=address, timeout=TIMEOUT)
    with client, ThreadPoolExecutor(given.callers) as pool:
        return sum(pool.map(one, range(given.calls)))


def run(given, folder):
    """What is left after so many calls and kills, by name."""
    database = None if given.embedded else servers.Postgres()
    if database:
        database.ensure()
    environment = environment_of(folder, database.url if database else "")
    running, port = {}, servers.spare_port()
    try:
        with (folder / "log").open("wb") as log:
            managed(environment, "prepare", stdout=log, stderr=log)
            make = (
                "api_key",
                "create",
                "--credits",
                str(2 * given.calls),
                "--rate-limit",
                "100000",
            )
            key = managed(environment, *make, capture_output=True, text=True).stdout.split()[-1]
            running = {
                name: chaos.Service(command, environment, log)
                for name, command in chaos.commands(port)
            }
            results = load(f"http://127.0.0.1:{port}", running, key, given)
            counted = [sys.executable, "-c", COUNT]
            said = subprocess.run(
                counted, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
            ).stdout
    finally:
        for service in running.values():
            service.end()
        if database:
            database.stop()
    return {"results": results, **json.loads(said)}


def is_sound(left, calls):
    as_many = all(left[name] == calls for name in ("results", "calls", "charges", "credits"))
    return as_many and not left["still held"] and not left["invariant rows"]


def parse(words=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--callers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--embedded", action="store_true")
    return parser.parse_args(words)


def main():
    given = parse()
    begun = time.monotonic()
    children.guard()
    with tempfile.TemporaryDirectory(prefix="packshot-chaos-") as folder:
        left = run(given, Path(folder))
    took = time.monotonic() - begun
    lines = [f"{given.calls} calls, {given.kills} kills in {took:.0f} s, seed {given.seed}"]
    lines += [f"{value:6} {name}" for name, value in left.items()]
    sound = is_sound(left, given.calls)
    sys.stdout.write("\n".join([*lines, "sound" if sound else "WRONG"]) + "\n")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
