"""The whole site as its owner starts it, and a real browser before it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.servers import spare_port
from tools.storage.samples import FOLDER

ROOT = Path(__file__).parents[2]
# Said before Chromium asks the world for anything: sockets beyond loopback are shut here.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # of a machine that does other things too, in ms


def chromium():
    for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"):
        if Path(path).exists():
            return path
    pytest.fail("The browser tests need Chromium: on Debian, install the package chromium.")
    return None


class Site:
    """`manage.py start` in a folder of its own."""

    def __init__(self, folder, **settings):
        self.folder = folder
        self.address = f"http://127.0.0.1:{spare_port()}"
        environment = {
            **os.environ,
            "PACKSHOT_DATA": str(folder),
            "PACKSHOT_LEASE_SECONDS": "4",
            "PACKSHOT_WARM": "0",
            # All of a test run's visitors come from one address.
            "PACKSHOT_FREE_A_VISITOR": "1000",
            "PACKSHOT_FREE_A_NETWORK": "1000",
            **settings,
        }
        for name in ("DATABASE_URL", "PACKSHOT_DEBUG", "CELERY_BROKER_URL"):
            environment.pop(name, None)
        # A file, not a pipe: nobody reads on while tests run, and a full pipe holds up who writes.
        self.log = folder / "said.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start", "--port", self.address.rpartition(":")[2]],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while self.address not in self.log.read_text():
            if self.process.poll() is not None:
                pytest.fail(self.log.read_text())
            time.sleep(0.1)

    def workers(self):
        """The processes that compute: children of Celery's worker, which are replaced when lost."""
        listed = subprocess.run(
            ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
        mine = {int(pid) for pid, ppid, _ in rows if int(ppid) == self.process.pid}
        heads = {
            int(pid) for pid, _, args in rows if int(pid) in mine and re.search(r" worker ", args)
        }
        return [int(pid) for pid, ppid, _ in rows if int(ppid) in heads]

    def kill_workers(self):
        for pid in self.workers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    started = Site(tmp_path_factory.mktemp("site"))
    yield started
    started.end()


@pytest.fixture(scope="module")
def chrome(request):
    """A browser for each file, named after it so that its visits can be told from those of others.

    While it runs an event loop does, and Django lets nobody near a database beside one.
    """
    # Named here, not by the context: what a page sends while it is left has the browser's own name.
    agent = f"--user-agent=Mozilla/5.0 ({request.module.__name__})"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, agent])
        yield started
        started.close()


@pytest.fixture(scope="session")
def photo(tmp_path_factory):
    """A sample in small: what is tried with it is the page, not the picture."""
    path = tmp_path_factory.mktemp("photo") / "mug.jpg"
    with Image.open(FOLDER / "mug-on-paper.jpg") as picture:
        picture.resize((800, 600)).save(path, quality=92)
    return path


@pytest.fixture(params=[390, 1440])
def width(request):
    return request.param


@pytest.fixture
def visit(chrome, site):
    """Open a page as somebody who was never here; what the page complains of fails the test."""
    contexts, complaints = [], []

    def visit(path="/remove-background/", width=1440, **options):
        context = chrome.new_context(
            viewport={"width": width, "height": 844 if width < 800 else 900},
            has_touch=width < 800,
            accept_downloads=True,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []
