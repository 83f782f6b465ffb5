from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from seo.desk.editing import versions
from seo.desk.models import ExampleOrder
from seo.models import Example, KeywordPage, Version

DESK = "/admin/seo/keywordpage/desk"
ROWS = ("sections", "questions", "facts", "presets", "examples")


def form(**said):
    """What the form of a page sends."""
    counts = {f"{name}-TOTAL_FORMS": "0" for name in ROWS}
    counts |= {f"{name}-INITIAL_FORMS": "0" for name in ROWS}
    return (
        counts | {"locale": "en", "hub": "task", "tool": "remove-background", "act": "save"} | said
    )


def test_a_page_is_made_in_one_form(desk):
    said = form(
        intent_name="Vase photos", slug="vase-photos", title="Vase photos", h1="Cut out a vase",
        steps="Drop it in.\nTake it.", samples=["mug-on-paper"], synonyms="photo of a vase",
        **{"preset-softness": "0.4", "preset-shift": "0", "questions-TOTAL_FORMS": "1"},
        **{"questions-0-question": "Is it free?", "questions-0-answer": "Yes."},
    )  # fmt: skip
    answer = desk.post(f"{DESK}/new/", said)
    page = KeywordPage.objects.get()
    assert answer.url == f"{DESK}/{page.pk}/write/"
    draft = page.versions.get()
    assert (draft.steps, draft.preset) == (["Drop it in.", "Take it."], {"softness": 0.4})
    assert draft.questions == [{"question": "Is it free?", "answer": "Yes."}]
    assert (draft.author, draft.publish_at, page.intent.synonyms) == (
        "Mark",
        None,
        ["photo of a vase"],
    )


def test_a_taken_address_is_refused_beside_its_field(desk, written):
    written("mug")
    answer = desk.post(f"{DESK}/new/", form(intent_name="Mugs", slug="mug-photos"))
    assert answer.status_code == 200
    assert KeywordPage.objects.count() == 1
    answer = desk.post(f"{DESK}/new/", form(intent_name="Prices", slug="pricing"))
    assert "is another page of the site" in answer.content.decode()


def test_the_preview_beside_the_form_shows_what_is_in_no_row(desk):
    said = form(intent_name="Vase", slug="vase", h1="A vase, cut out", lead="Quickly.")
    told = desk.post(f"{DESK}/sketch/", said).json()
    assert told["title"] == 0
    shown = desk.get(told["url"])
    assert "A vase, cut out" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Robots-Tag"].startswith("noindex")
    assert not KeywordPage.objects.exists()


def test_publishing_a_draft_that_does_not_pass_says_why(desk, written):
    draft = written("mug", reviewer="")
    answer = desk.post(f"{DESK}/version/{draft.pk}/act/", {"act": "publish"}, follow=True)
    assert "1 problem to fix" in answer.content.decode()
    assert desk.get("/mug-photos/").status_code == 404


def test_review_by_another_and_then_it_is_live(desk, client, lead, written):
    draft = written("mug", reviewer="")
    desk.post(f"{DESK}/version/{draft.pk}/act/", {"act": "review"})
    assert Version.objects.get(pk=draft.pk).reviewer == ""
    client.force_login(lead)
    client.post(f"{DESK}/version/{draft.pk}/act/", {"act": "review"})
    client.post(f"{DESK}/version/{draft.pk}/act/", {"act": "publish"})
    assert client.get("/mug-photos/").status_code == 200


def test_every_screen_opens_for_a_marketer_and_for_nobody_else(desk, client, written):
    version = written("mug", live=True)
    draft = versions.write_draft(version.page, {"h1": "Another"}, "Mark")
    page = version.page_id
    screens = [
        "new/", "drafts/", "import/", "queries/", "searched/", "tests/", "settings/?tool=add-background",
        *(f"{page}/{tab}/" for tab in ("write", "versions", "examples", "doing")),
        f"{page}/compare/?old={version.pk}&new={draft.pk}", f"version/{draft.pk}/gate/",
    ]  # fmt: skip
    found = {at: desk.get(f"{DESK}/{at}").status_code for at in screens}
    assert set(found.values()) == {200}, found
    assert desk.get("/admin/seo/keywordpage/?q=mug&state=live&sort=views").status_code == 200
    assert "script-src 'self' 'unsafe-eval';" in desk.get("/admin/")["Content-Security-Policy"]
    for shut in ("/admin/billing/account/", "/admin/accounts/user/"):
        assert desk.get(shut).status_code == 403
    client.force_login(User.objects.create_user("clerk@example.com", is_staff=True))
    shut = {at: client.get(f"{DESK}/{at}").status_code for at in screens}
    assert set(shut.values()) == {403}, shut


def test_a_marketer_is_let_in_by_a_command(db, capsys):
    call_command("marketer", "zoe@example.com", name="Zoe")
    password = capsys.readouterr().out.split()[-1].rstrip(".")
    zoe = User.objects.get(email="zoe@example.com")
    assert zoe.check_password(password)
    assert zoe.has_perm("seo.change_version")
    assert not zoe.has_perm("billing.add_entry")
    call_command("marketer", "zoe@example.com")
    assert User.objects.get(email="zoe@example.com").check_password(password)


def test_an_example_is_made_by_a_worker_and_attached_with_its_figures(
    desk, written, as_file, mug, own_folders
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from seo.desk.examples import worker

    draft = written("mug")
    file = SimpleUploadedFile("mug.png", as_file(mug))
    desk.post(f"{DESK}/{draft.page_id}/examples/", {"photo": file, "alt": "A red mug"})
    assert desk.get(f"{DESK}/{draft.page_id}/examples/waiting/").json() == {"open": 1}
    worker.make_examples()
    assert ExampleOrder.objects.get().status == "done"
    draft.refresh_from_db()
    example = Example.objects.get()
    assert draft.examples == [{"name": example.name, "alt": "A red mug", "caption": ""}]
    assert draft.reviewer == ""
    assert example.figures["seconds"] >= 0
    shown = desk.get(f"{DESK}/{draft.page_id}/examples/").content.decode()
    assert f"{example.name}/after.webp" in shown


@pytest.mark.parametrize("said", [{"alt": "A mug"}, {"alt": "A mug", "sample": "no-such"}])
def test_an_example_without_a_photo_is_not_asked_for(desk, written, said):
    draft = written("mug")
    desk.post(f"{DESK}/{draft.page_id}/examples/", said)
    assert not ExampleOrder.objects.exists()


def test_the_first_screen_says_what_there_is_to_do(desk, lead, written):
    written("mug", live=True)
    written("shoe", reviewer="")
    draft = written("lamp", publish_at=timezone.now() + timedelta(days=1))
    mine = desk.get("/admin/").content.decode()
    assert "Shoe photos" in mine
    assert "Nobody has." in mine
    assert f"{draft.publish_at:%Y, %H:%M}" in mine
    assert mine.count("for you to review") == 0
    desk.force_login(lead)
    assert desk.get("/admin/").content.decode().count("for you to review") == 1


def test_the_first_screen_is_empty_for_staff_who_have_nothing_to_do_with_pages(client, db):
    client.force_login(User.objects.create_user("till@example.com", is_staff=True))
    assert "What to fix next" not in client.get("/admin/").content.decode()


def test_a_page_is_removed_for_good_and_brought_back(desk, written):
    page = written("mug", live=True).page
    where = f"{DESK}/{page.pk}/remove/"
    assert desk.get(where).status_code == 405
    desk.post(where, {"act": "remove"})
    assert desk.get("/mug-photos/").status_code == 410
    assert "Bring it back" in desk.get(f"{DESK}/{page.pk}/versions/").content.decode()
    desk.post(where, {"act": "back"})
    assert desk.get("/mug-photos/").status_code == 200


def test_a_marketer_says_which_file_a_page_begins_with(desk):
    said = {"file_market": "etsy", "file_format": "jpeg", "file_side": "1600"}
    desk.post(f"{DESK}/new/", form(intent_name="Vase", slug="vase", **said))
    page = KeywordPage.objects.get()
    draft = page.versions.get()
    assert draft.file == {"market": "etsy", "format": "jpeg", "side": 1600}
    shown = desk.get(f"{DESK}/{page.pk}/write/").content.decode()
    assert '<option value="etsy" selected>' in shown
    assert '<option value="jpeg" selected>' in shown
    assert 'value="1600"' in shown
    desk.post(
        f"{DESK}/{page.pk}/write/", form(intent_name="Vase", slug="vase", file_market="anywhere")
    )
    draft.refresh_from_db()
    assert draft.file == {"market": ""}
