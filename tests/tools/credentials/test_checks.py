from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tools.credentials import checks
from tools.errors import TooManyChecksError
from tools.models import Check
from tools.photos import retention
from tools.pipeline.intake.errors import RefusedError
from tools.queue import open_limits
from tools.storage import files

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_until_it_is_read_and_found_again_for_a_while(mug, as_file):
    data = as_file(mug)
    check = checks.start_check(ContentFile(data, "mug.png"))
    assert files.read_file(check.file) == data
    assert checks.find_check(check.pk) == check
    Check.objects.update(created=timezone.now() - retention.CHECK_KEPT - timedelta(seconds=1))
    assert checks.find_check(check.pk) is None


def test_what_is_refused_leaves_nothing(mug, as_file, monkeypatch):
    with pytest.raises(RefusedError):
        checks.start_check(ContentFile(b"words", "mug.png"))
    monkeypatch.setattr(open_limits, "CREDENTIAL_CHECKS", 0)
    with pytest.raises(TooManyChecksError):
        checks.start_check(ContentFile(as_file(mug), "mug.png"))
    assert not Check.objects.exists()
    assert files.list_folder("checks") == []


def test_a_file_whose_row_could_not_be_written_is_thrown_away(mug, as_file, monkeypatch):
    written = []
    real = files.write_file
    monkeypatch.setattr(
        files, "write_file", lambda name, data: written.append(name) or real(name, data)
    )

    def broken(*_, **__):
        raise OSError

    monkeypatch.setattr(Check, "save", broken)
    with pytest.raises(OSError):  # noqa: PT011  whatever the database says
        checks.start_check(ContentFile(as_file(mug), "mug.png"))
    assert [files.file_exists(name) for name in written] == [False]
