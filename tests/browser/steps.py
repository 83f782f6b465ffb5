"""What a hand does on the page, and what the tests ask of the site behind it."""

import io
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from PIL import Image

from tools.storage.samples import FOLDER


def cut_out(page, sample="mug-on-paper"):
    """Try it on one of our photos, and wait for the result."""
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("input[type=file]", FOLDER / f"{sample}.jpg")
    page.wait_for_selector("packshot-viewer[data-state=done]")


def post(page, path, **fields):
    """What a script of the page would post; the answer."""
    return page.evaluate(
        """async ({path, fields}) => {
            const body = new URLSearchParams(fields)
            const answer = await fetch(path, {method: 'POST', body})
            return answer.status === 204 ? null : answer.json()
        }""",
        {"path": path, "fields": fields},
    )


def attempts(page):
    """The visitor's attempts at the newest photo, as the server tells them."""
    return mine(page)[0]["attempts"]


def attempts_at(page, name):
    """The visitor's attempts at the photo of that name."""
    return next(photo for photo in mine(page) if photo["name"] == name)["attempts"]


def mine(page):
    """The visitor's photos, the newest first, as the server tells them."""
    return page.evaluate("fetch('/mine/').then(answer => answer.json())")["photos"]


def picture(download):
    return Image.open(io.BytesIO(Path(download.path()).read_bytes()))


def rows(site, query, *, until=bool, within=20):
    """Rows of the site's database, once `until` likes them: what is queued is written soon."""
    end = time.monotonic() + within
    while True:
        with closing(sqlite3.connect(site.folder / "packshot.sqlite3")) as database:
            found = database.execute(query).fetchall()
        if until(found) or time.monotonic() > end:
            return found
        time.sleep(0.1)
