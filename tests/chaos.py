"""Kill the web server and the worker again and again under load, and see that the books are sound.

    python tests/chaos.py [--attempts 500] [--kills 50] [--seed 1]     (`make chaos`)

The real processes, as `manage.py start` runs them, on a throw-away PostgreSQL; visitors that send
tiny photos, start attempts, call some off and have some credits back, and that try again whenever
nobody answers. Each kill is a SIGKILL at a random moment of the load: to the web server, to the
worker with its children, or to one child in the middle of its work. Prints what is left at the end
and exits with 1 when anything is wrong.
"""

import argparse
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[1]
OURS = [str(ROOT), str(ROOT / "site")]
sys.path[:0] = OURS

from tests import children, servers  # noqa: E402  the path comes first

VISITORS = 4
SIDE = 48
# One in so many attempts is called off, and of the delivered ones so many go back.
CALLED_OFF, BACK = 9, 7
PATIENCE = 240  # seconds
OPEN = {"queued", "running"}
# What is left, read in a process of its own, which alone needs Django's settings.
COUNT = """
import json, django
django.setup()
from django.core.files.storage import default_storage
from billing import audit
from billing.credits import holds
from billing.models import Hold
from tools.models import Attempt
ended = {str(row.pk): row for row in Attempt.objects.all()}
shown = {pk for pk, row in ended.items()
         if row.status == "done" and row.preview and default_storage.exists(row.preview)}
charged = set(Hold.objects.filter(state="captured").values_list("attempt", flat=True))
paid = {pk for pk, row in ended.items() if row.price}
print(json.dumps({
    "attempts": len(ended),
    "delivered": len(shown),
    "cancelled": sum(row.status == "cancelled" for row in ended.values()),
    "given up and not charged": sum(row.status == "failed" for row in ended.values()),
    "tried more than once": sum(row.tries > 1 for row in ended.values()),
    "charged": len(charged),
    "credits back": Hold.objects.filter(given_back__isnull=False).count(),
    "invariant rows": len(audit.find_problems()),
    "charged without a result": len(charged - shown),
    "results lost": sum(row.status == "done" for row in ended.values()) - len(shown),
    "results not charged": len((shown & paid) - charged),
    "never ended": sum(row.status in {"queued", "running"} for row in ended.values()),
    "credits still held": Hold.objects.filter(state="held").count(),
    "known": sorted(ended),
}))
"""
WRONG = (
    "invariant rows",
    "charged without a result",
    "results lost",
    "results not charged",
    "never ended",
    "credits still held",
    "promised and not there",
)


class Service:
    """One of the site's processes; whatever kills it, it is there again."""

    def __init__(self, command, environment, log):
        self.command, self.environment, self.log = command, environment, log
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self):
        """The process and all its children, as a supervisor's control group does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.start()

    def kill_child(self, choose):
        """One child, which its parent replaces; the whole while there is none."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = [int(pid) for pid in path.read_text().split()]
        if not children:
            self.kill()
            return
        os.kill(choose(children), signal.SIGKILL)

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Visitor:
    """Somebody who keeps at it."""

    def __init__(self, address, random):
        self.random = random
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        self.http = httpx.Client(base_url=address, headers=headers, timeout=30)
        # Attempts that the server said it had taken in.
        self.promised = set()

    def ask(self, method, url, **sent):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.http.request(method, url, **sent)
                if answer.status_code < 500:
                    return answer
            except httpx.TransportError:
                pass
            if time.monotonic() > until:
                raise TimeoutError(url)
            time.sleep(0.05)

    def try_one(self, number):
        sent = self.ask("POST", "/photos/", files={"file": (f"{number}.png", picture(number))})
        tool = "remove-background" if number % 5 == 0 else "enhance-photo"
        fields = {"tool": tool, "photo": sent.json()["id"]}
        attempt = self.ask("POST", "/attempts/", data=fields).json()
        self.promised.add(attempt["id"])
        if self.random.randrange(CALLED_OFF) == 0:
            self.ask("POST", f"/attempts/{attempt['id']}/cancel/")
        until = time.monotonic() + PATIENCE
        while attempt["status"] in OPEN and time.monotonic() < until:
            time.sleep(0.15)
            attempt = self.ask("GET", f"/attempts/{attempt['id']}/").json()
        if attempt["status"] == "done" and self.random.randrange(BACK) == 0:
            bad = {"attempt": attempt["id"], "reason": "edges"}
            self.ask("POST", "/account/credits-back/", data=bad)


def picture(number):
    """A disc on a ground, never the same twice: nothing is found computed already."""
    grain = np.random.default_rng(number).normal(0, 4, (SIDE, SIDE, 3))
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    disc = (np.hypot(x, y) < SIDE / 4)[..., None]
    pixels = np.clip(np.where(disc, (170, 40, 35), (222, 220, 214)) + grain, 0, 255)
    buffer = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def run(attempts, kills, seed, folder):
    """What is left after so many attempts and kills, by name."""
    dice = random.Random(seed)
    database = servers.Postgres()
    database.ensure()
    port = servers.spare_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "PYTHONPATH": os.pathsep.join(OURS),
        "DATABASE_URL": database.url,
        "PACKSHOT_DATA": str(folder),
        "PACKSHOT_DEBUG": "0",
        "PACKSHOT_WARM": "0",
        "PACKSHOT_LEASE_SECONDS": "2",
        **{f"PACKSHOT_FREE_{name}": str(10**8) for name in ("A_NETWORK", "FOR_EVERYBODY")},
        "PACKSHOT_FREE_A_VISITOR": str(10**6),
    }
    for name in ("CELERY_BROKER_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        environment.pop(name, None)
    running = {}
    try:
        with (folder / "log").open("wb") as log:
            prepare = [sys.executable, "manage.py", "prepare"]
            subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=log, stderr=log)
            running = {name: Service(command, environment, log) for name, command in commands(port)}
            promised = load(f"http://127.0.0.1:{port}", running, attempts, kills, dice)
            left = counted(environment)
    finally:
        for service in running.values():
            service.end()
        database.stop()
    left["promised and not there"] = len(promised - set(left.pop("known")))
    return left


def commands(port):
    """The processes of `manage.py start`, as it would run them."""
    from packshot.programs import list_programs

    return [(program.name, program.command) for program in list_programs("127.0.0.1", port)]


def load(address, running, attempts, kills, dice):
    """Send so many attempts, and strike when their numbers come up; what the server took in."""
    strikes = sorted(dice.randrange(attempts) for _ in range(kills))
    visitors = [Visitor(address, random.Random(dice.random())) for _ in range(VISITORS)]
    numbers, turn = iter(range(attempts)), threading.Lock()

    def visit(visitor):
        while True:
            with turn:
                number = next(numbers, None)
                while number is not None and strikes and strikes[0] <= number:
                    strikes.pop(0)
                    strike(running, dice)
            if number is None:
                return
            visitor.try_one(number)

    with ThreadPoolExecutor(VISITORS) as pool:
        list(pool.map(visit, visitors))
    for visitor in visitors:
        visitor.http.close()
    return set().union(*(visitor.promised for visitor in visitors))


def strike(running, dice):
    # A moment of its own: not the one at which somebody has just sent something.
    time.sleep(dice.random() * 0.3)
    victim = dice.choice(("web", "worker", "child"))
    if victim == "child":
        running["worker"].kill_child(dice.choice)
    else:
        running[victim].kill()


def counted(environment):
    """Once nothing is left to do, or it is clear that something never will be done."""
    until = time.monotonic() + PATIENCE
    while True:
        said = subprocess.run(
            [sys.executable, "-c", COUNT],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        left = json.loads(said)
        if not left["never ended"] or time.monotonic() > until:
            return left
        time.sleep(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.monotonic()
    children.guard()
    with tempfile.TemporaryDirectory(prefix="packshot-chaos-") as folder:
        left = run(given.attempts, given.kills, given.seed, Path(folder))
    lines = [f"{given.kills} kills in {time.monotonic() - begun:.0f} s, seed {given.seed}"]
    for name, value in left.items():
        lines.append(f"{value:6} {name}{'  WRONG' if value and name in WRONG else ''}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if any(left[name] for name in WRONG) else 0


if __name__ == "__main__":
    sys.exit(main())
