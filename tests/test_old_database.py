"""The site that older code left in the middle of its day (scripts/make_old_site.txt) goes on.

Today's code is only run, never imported: what it did is read with plain SQL, and asked for by the
addresses that people had.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
import pytest
from django.core.signing import Signer, TimestampSigner

from tests import servers

ROOT = Path(__file__).parents[1]
OLD_SITE = ROOT / "tests/data/old_site"
SECRET = "the secret of an old site"
PATIENCE = 300
# So long the site was away: the lease of the worker that died has lapsed.
A_MINUTE = timedelta(minutes=1)
# What Django keeps of the code itself.
OF_DJANGO = {"auth_permission", "django_content_type", "django_migrations", "sqlite_sequence"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
DAY = re.compile(r"(?<=')\d{4}-\d\d-\d\d(?=')")
SECONDS = re.compile(r"(?<![\w.])1[789]\d{8}(?!\w)")


def moved(text, by):
    """The text with all its times and days so much later: the day goes on today."""

    def later(found):
        return f"{datetime.fromisoformat(found[0]) + by:%Y-%m-%d{found[0][10]}%H:%M:%S}"

    def days_later(found):
        days = timedelta(days=round(by / timedelta(days=1)))
        return f"{datetime.fromisoformat(found[0]) + days:%Y-%m-%d}"

    text = DAY.sub(days_later, MOMENT.sub(later, text))
    return SECONDS.sub(lambda found: str(int(found[0]) + int(by.total_seconds())), text)


def run_sql(file, text):
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.executescript(text)
        # As the code that made it has it; a dump does not say so.
        database.execute("PRAGMA journal_mode = WAL")


class OldSite:
    """The old site's data in a folder of its own, and today's code at work on it."""

    def __init__(self, data, kind, server):
        source = OLD_SITE / kind
        self.data, self.server = data, server
        self.told = json.loads((source / "told.json").read_text())
        self.by = datetime.now(UTC) - A_MINUTE - datetime.fromisoformat(self.told["made_at"])
        shutil.copytree(source / "pictures", data / "pictures")
        run_sql(data / "queue.sqlite3", self.read(source / "queue.sql"))
        with contextlib.closing(sqlite3.connect(data / "queue.sqlite3")) as queue:
            queue.execute(f"PRAGMA application_id = {0x50534851}")
        if server is None:
            run_sql(data / "packshot.sqlite3", self.read(source / "database.sql"))
        else:
            with psycopg.connect(server.url, autocommit=True) as database:
                database.execute(self.read(source / "database.sql"))
        self.processes = []

    def read(self, path):
        return moved(path.read_text(), self.by)

    def environment(self):
        return {
            **{name: value for name, value in os.environ.items() if name not in {"PORT", "HOST"}},
            "PACKSHOT_DATA": str(self.data),
            "PACKSHOT_SECRET_KEY": SECRET,
            "PACKSHOT_DEBUG": "1",
            "PACKSHOT_INDEXNOW": "0",
            "PACKSHOT_MAIL_URL": f"file://{self.data}/letters",
            "DATABASE_URL": self.server.url if self.server else "",
            "CELERY_BROKER_URL": "",
        }

    def manage(self, *command):
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", *command],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self):
        """The web server and a worker; the timetable would only hide a message that is lost."""
        self.address = f"http://127.0.0.1:{servers.spare_port()}"
        web = ["uvicorn", "packshot.asgi:application", f"--port={self.address.rpartition(':')[2]}"]
        worker = ["celery", "--skip-checks", "--app=packshot", "worker", "--concurrency=2"]
        with (self.data / "log").open("wb") as log:
            self.processes = [
                subprocess.Popen(
                    [sys.executable, "-m", *program],
                    env=self.environment(),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
                for program in (web, worker)
            ]
        self.becomes("no web server", self.answers)

    def answers(self):
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.address}/healthz").status_code == 200

    def stop(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(PATIENCE)

    def log(self):
        return (self.data / "log").read_text()

    def rows(self, sql):
        if self.server is None:
            with contextlib.closing(sqlite3.connect(self.data / "packshot.sqlite3")) as database:
                return database.execute(sql).fetchall()
        with psycopg.connect(self.server.url) as database:
            return database.execute(sql).fetchall()

    def counts(self):
        """How many rows each table has that people filled."""
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
        if self.server is not None:
            listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        names = {name for (name,) in self.rows(listed)} - OF_DJANGO
        return {name: self.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}

    def by_id(self, table, column):
        found = self.rows(f"SELECT id, {column} FROM {table}")
        return {str(UUID(str(pk))): value for pk, value in found}

    def queued(self):
        with contextlib.closing(sqlite3.connect(self.data / "queue.sqlite3")) as queue:
            return {tag for (tag,) in queue.execute("SELECT tag FROM message")}

    def tags_of_old(self, kind):
        text = (OLD_SITE / kind / "queue.sql").read_text()
        return set(re.findall(r'INSERT INTO "message" VALUES\(\d+,\'([\w-]+)\'', text))

    def becomes(self, what, condition):
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"{what}\n{self.log()}"
            assert all(process.poll() is None for process in self.processes), self.log()
            time.sleep(0.1)

    def person(self, cookies=None, **headers):
        headers = {"Accept": "application/json", **headers}
        return httpx.Client(
            base_url=self.address, headers=headers, cookies=cookies, timeout=PATIENCE
        )

    def page(self, path, session=""):
        cookies = {"sessionid": session} if session else {}
        with self.person(cookies=cookies) as person:
            return person.get(path, headers={"Accept": "text/html"})


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request):
    return request.param


@pytest.fixture
def old_site(tmp_path, kind):
    server = None
    if kind == "postgresql":
        if servers.postgres_binaries() is None:
            pytest.skip("PostgreSQL is not installed")
        server = servers.Postgres()
        server.ensure()
    site = OldSite(tmp_path, kind, server)
    yield site
    site.stop()
    if server is not None:
        server.stop()


def balances(site):
    found = site.rows("SELECT id, available, held FROM billing_account")
    return {pk: (available, held) for pk, available, held in found}


def spent(site, attempt):
    """How often credits were taken for an attempt, and how many."""
    return site.rows(
        "SELECT count(*), coalesce(sum(e.amount), 0) FROM billing_entry e"
        " JOIN billing_hold h ON h.id = e.hold_id"
        f" WHERE h.attempt = '{attempt}' AND e.src = 'held' AND e.dst = 'consumed'"
    )[0]


def test_a_site_of_older_code_migrates_and_goes_on(old_site, kind):
    before, told = old_site.counts(), old_site.told
    ((seller, available, held),) = old_site.rows(
        "SELECT a.id, available, held FROM billing_account a"
        " JOIN accounts_user u ON u.id = a.user_id WHERE u.email = 'alice@example.com'"
    )
    assert (before["tools_photo"], before["billing_subscription"], held) == (6, 1, 2)

    migrated = old_site.manage("migrate", "--verbosity=0")
    assert migrated.returncode == 0, migrated.stderr
    after = old_site.counts()
    # Free credits set aside on arrival are not spent ones: they are counted anew, where they are spent.
    assert before.pop("billing_allowance") == 2
    assert after["billing_allowance"] == 0
    assert {name: after.get(name) for name in before} == before

    old_site.start()
    goes_on(old_site, told)
    assert old_site.tags_of_old(kind)
    old_site.becomes("a message stays", lambda: not old_site.tags_of_old(kind) & old_site.queued())

    # Each of the two holds was charged once, for one result; the pack's 500 credits came once.
    assert spent(old_site, told["queued"]) == (1, 1)
    assert spent(old_site, told["begun"]) == (1, 1)
    assert spent(old_site, told["failed"]) == (0, 0)
    old_site.becomes("credits", lambda: balances(old_site)[seller] == (available + 500, held - 2))
    letters = [path.read_text() for path in (old_site.data / "letters").glob("*")]
    assert sum("Subject: You are invited to Bob's shop" in letter for letter in letters) == 1

    people_find_what_they_had(old_site, told)
    audited = old_site.manage("audit_ledger")
    assert audited.stdout == "The ledger is sound.\n", audited.stderr
    assert "unregistered" not in old_site.log()
    assert "Traceback" not in old_site.log()


def goes_on(site, told):
    ended = {"queued": "done", "begun": "done", "favourite": "done", "failed": "failed"}
    for name, status in ended.items():
        site.becomes(
            name, lambda pk=told[name], to=status: site.by_id("tools_attempt", "status")[pk] == to
        )
    assert site.by_id("tools_attempt", "tries")[told["begun"]] == 2
    site.becomes("export", lambda: site.by_id("tools_export", "status")[told["export"]] == "done")
    site.becomes("photo", lambda: site.by_id("tools_photo", "state")[told["received"]] == "ready")
    site.becomes("example", lambda: site.rows("SELECT status FROM desk_making") == [("done",)])


def people_find_what_they_had(site, told):
    account = site.page("/account/", told["seller"]).text
    assert "Seller: active" in account
    assert "Bob&#x27;s shop invites you" in account
    assert "The shop&#x27;s own" in account
    assert site.page("/admin/", told["marketer"]).status_code == 200
    assert "Cut it out: a title of our own" in site.page("/cut-out/").text
    assert site.page("/remove-background/").headers["location"] == "/cut-out/"

    signed = TimestampSigner(key=b"django.http.cookies" + SECRET.encode(), salt="visitor")
    with site.person(cookies={"visitor": signed.sign(told["visitor"])}) as visitor:
        attempt = visitor.get(f"/attempts/{told['favourite']}/").json()
        assert (attempt["status"], attempt["favourite"]) == ("done", True)
        assert visitor.get(f"/exports/{told['export']}/file/").content[8:12] == b"WEBP"
    with site.person(Authorization=f"Bearer {told['key']}") as program:
        assert program.get("/mine/").json() == {"photos": []}

    # The address of the shared page has the time of its end in it, and the old site's own words.
    name, _, until = told["shared"].removeprefix("/s/").partition(".")[0].partition("-")
    later = int(until, 16) + int(site.by.total_seconds())
    signer = Signer(key=SECRET, salt="tools.links", sep=".")
    assert site.page(f"/s/{signer.sign(f'{name}-{later:x}')}/").status_code == 200


def test_no_task_of_older_code_is_missing_from_the_old_queue():
    """The fixture is what it says: one message of each task that there was at 7b45f2e."""
    text = (OLD_SITE / "sqlite/queue.sql").read_text()
    names = set(re.findall(r'"task": "([\w.]+)"', text))
    assert {name.rpartition(".")[0] for name in names} == {
        "accounts.tasks",
        "billing.letters",
        "billing.tasks",
        "packshot.tasks",
        "seo.desk.tasks",
        "seo.tasks",
        "tools.tasks",
    }
    assert len(names) == 27
