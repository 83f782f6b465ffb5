import csv
import io
import json

import pytest

from seo.desk.checks import gate
from seo.desk.editing import exports, imports
from seo.models import Intent, KeywordPage, Version

pytestmark = pytest.mark.django_db
HEAD = [*imports.WHO, *imports.Pages.fields]
WORDS = [
    "amber",
    "basket",
    "candle",
    "dagger",
    "engine",
    "falcon",
    "garden",
    "hammer",
    "island",
    "jacket",
    "kettle",
    "ladder",
    "magnet",
    "napkin",
    "orange",
    "pencil",
    "quiver",
    "ribbon",
    "saddle",
    "tunnel",
]


def sheet(rows, head=None):
    head = head or sorted({name for row in rows for name in row}, key=HEAD.index)
    written = io.StringIO()
    writer = csv.DictWriter(written, head, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def row(number, **changed):
    """A page of its own: hardly any run of four words is another page's, too."""
    a, b, c = (WORDS[number // 20**at % 20] + end for at, end in enumerate(("", "ery", "ist")))
    name = f"{a} {b} {c}"
    return {
        "intent": f"{a}-{b}-{c}-photo",
        "intent_name": f"{name} photo",
        "tool": "remove-background",
        "locale": "en",
        "slug": f"{a}-{b}-{c}-photo",
        "title": f"Cut out {name} at full size",
        "h1": f"Cut out {name}",
        "lead": f"For whoever sells {a} with {b} and {c}.",
        "description": f"Drop in the photo of your {name} and have it cut out at full size, with edges "
        f"as soft as on the {a}.",
        "steps": f"Drop the {name} in.\nLook at {b} and {a}.\nTake {c} home.",
        "sections": f"What {a} asks | The {a} is near {b} and the {c} of it is {name} to us.",
        "questions": f"Is {name} hard? | The {c} of {name} is not, but {b} by {a} is to be seen.",
        "samples": "mug-on-paper",
        **changed,
    }


def test_three_hundred_pages_land_as_drafts_and_those_that_pass_go_live(desk, lead):
    rows = [row(number) for number in range(300)]
    rows[7]["title"] = rows[6]["title"]
    rows[8]["samples"] = ""
    done = imports.import_table(sheet(rows), "Mark", dry=False)
    assert (done.count("new"), done.is_sound) == (300, True)
    assert Version.objects.filter(publish_at=None, author="Mark").count() == 300
    desk.force_login(lead)
    desk.post("/admin/seo/keywordpage/desk/drafts/act/", {"act": "review", "all": "on"})
    said = desk.post("/admin/seo/keywordpage/desk/drafts/act/", {"act": "publish", "all": "on"})
    assert "298 live now, 2 held back." in said.content.decode()
    held = Version.objects.filter(publish_at=None).order_by("pk")
    assert [version.page.slug for version in held] == [rows[7]["slug"], rows[8]["slug"]]


def test_a_dry_run_says_what_would_be_and_changes_nothing(written):
    draft = written("mug")
    table = exports.export_table(KeywordPage.objects.all()).replace(
        "Cut out mug photos", "Cut a mug out"
    )
    table += sheet([row(1)], HEAD).partition("\n")[2]
    done = imports.import_table(table, "Mark", dry=True)
    assert [one.kind for one in done.rows] == ["changed", "new"]
    assert {change.name for change in done.rows[0].changes} == {"Title", "Heading"}
    draft.refresh_from_db()
    assert draft.h1 == "Cut out mug photos"
    assert KeywordPage.objects.count() == 1


def test_a_bad_row_is_named_with_its_line_and_nothing_is_imported():
    rows = [
        row(1),
        row(2, title="T" * 71),
        row(3, preset="{softness}"),
        row(4, questions="no bar here"),
        row(5, locale="xx"),
        row(6, tool="no-such"),
        row(1),
    ]
    done = imports.import_table(sheet(rows), "Mark", dry=False)
    # Steps take three lines of every row.
    assert [one.line for one in done.rows if one.kind == "bad"] == [5, 8, 11, 14, 17, 20]
    assert all(one.reason for one in done.rows if one.kind == "bad")
    assert Version.objects.count() == Intent.objects.count() == KeywordPage.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["", "name,title\na,b\n", "intent,locale,slug,colour\na,en,a,red\n"]
)
def test_a_table_of_another_shape_is_refused(text):
    done = imports.import_table(text, "Mark", dry=False)
    assert done.trouble
    assert not done.is_sound


def test_columns_that_are_left_out_leave_their_fields_alone(written):
    draft = written("mug")
    text = sheet([{"intent": "mug-photos", "locale": "en", "slug": "mug-photos", "h1": "A mug"}])
    imports.import_table(text, "Zoe", dry=False)
    draft.refresh_from_db()
    assert (draft.h1, draft.steps[2], draft.author) == ("A mug", "Download it.", "Zoe")
    assert "review" in {
        one.id for one in gate.examine_version(draft, gate.Around.of("en")) if one.blocks
    }


def test_a_row_for_a_live_page_becomes_its_draft_and_moves_it(written):
    live = written("mug", live=True)
    text = sheet([{"intent": "mug-photos", "locale": "en", "slug": "mugs", "h1": "A mug"}])
    assert imports.import_table(text, "Mark", dry=False).count("changed") == 1
    live.page.refresh_from_db()
    assert live.page.slug == "mugs"
    assert live.page.redirects.get().slug == "mug-photos"
    assert live.page.versions.filter(publish_at=None).get().h1 == "A mug"


def test_the_screen_shows_the_differences_before_it_imports(desk, tmp_path):
    file = io.BytesIO(sheet([row(1), row(2)]).encode())
    file.name = "pages.csv"
    looked = desk.post("/admin/seo/keywordpage/desk/import/", {"table": file})
    assert Version.objects.count() == 0
    key = looked.context["key"]
    desk.post("/admin/seo/keywordpage/desk/import/", {"key": key})
    assert Version.objects.filter(author="Mark").count() == 2
    assert desk.get("/admin/seo/keywordpage/desk/export/").content.decode().count("photo") > 4


def test_the_file_that_a_page_begins_with_goes_out_and_comes_in():
    table = sheet([row(1, file='{"market": "etsy", "format": "jpeg"}')])
    assert imports.import_table(table, "Mark", dry=False).is_sound
    version = Version.objects.get()
    assert version.file == {"market": "etsy", "format": "jpeg"}
    out = exports.export_table(KeywordPage.objects.all())
    (told,) = csv.DictReader(io.StringIO(out))
    assert json.loads(told["file"]) == version.file
    wrong = imports.import_table(sheet([row(2, file='{"market": "nowhere"}')]), "Mark", dry=False)
    assert not wrong.is_sound
