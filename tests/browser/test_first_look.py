"""A first look at a result, while the result itself is still worked on."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID

from tests.browser.steps import attempts, cut_out, post, rows


def write(site, attempt, **columns):
    """Write into the attempt's row, as a worker does that takes its time."""
    columns["changed"] = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    wanted = ", ".join(f"{name} = ?" for name in columns)
    with closing(sqlite3.connect(site.folder / "packshot.sqlite3", timeout=20)) as database:
        database.execute(
            f"UPDATE tools_attempt SET {wanted} WHERE id = ?",
            [*columns.values(), UUID(attempt).hex],
        )
        database.commit()


def test_a_first_look_stands_in_for_the_result(visit, site, width):
    page = visit("/add-background/", width=width)
    cut_out(page)
    photo = attempts(page)[0]["photo"]
    # A scene that nobody of this site has asked for: its result is not there yet.
    scene = {390: "studio-coral", 1440: "studio-warm"}[width]
    made = post(page, "/attempts/", photo=photo, tool="add-background", scene=scene)["id"]
    query = f"SELECT facts FROM tools_attempt WHERE status = 'done' AND id = '{UUID(made).hex}'"
    ((facts,),) = rows(site, query, within=60)
    assert json.loads(facts)["look"]["seconds"] > 0

    write(site, made, status="running", lease_until="2999-01-01 00:00:00")
    page.reload()
    stage = page.locator("packshot-viewer[data-looked][data-state=running]")
    stage.wait_for()
    assert stage.get_by_role("img", name="The result").get_attribute("src").endswith("/look.webp")
    # What takes longer than a moment can be called off.
    stage.get_by_role("button", name="Cancel").wait_for()

    write(site, made, status="done", lease_until=None)
    page.locator("packshot-viewer[data-state=done]:not([data-looked])").wait_for()
    assert (
        not page.get_by_role("img", name="The result").get_attribute("src").endswith("/look.webp")
    )
