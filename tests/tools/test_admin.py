"""What the operator sees of the tools."""

import uuid

from accounts.models import User
from tests.billing.browsing import as_browser, text
from tools.queue import dead_letters


def test_the_operator_sees_what_was_given_up_and_changes_nothing(db):
    subject = uuid.uuid4()
    dead_letters.note_dead_letter(
        "photo", subject, "reading-failed", tries=3, cause=ValueError("a stranger's words")
    )
    desk = as_browser(User.objects.create_superuser("desk@example.com", "secret"))
    said = text(desk.get("/admin/tools/deadletter/"))
    assert str(subject) in said
    assert "ValueError" in said
    assert "stranger" not in said
    assert desk.get("/admin/tools/deadletter/add/").status_code == 403
    assert "/admin/tools/deadletter/" in desk.get("/admin/").content.decode()
