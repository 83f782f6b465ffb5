import pytest
from django.core.files.base import ContentFile

from tools.credentials import checks, inspect
from tools.errors import CheckLostError
from tools.pipeline.provenance import verify
from tools.storage import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(mug, as_file, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    return checks.start_check(ContentFile(as_file(mug), "mug.png"))


def test_a_file_is_gone_before_a_byte_of_it_is_parsed(check, monkeypatch):
    def crash(*_, **__):
        assert not files.file_exists(check.file)
        raise MemoryError

    monkeypatch.setattr(verify, "verify_file", crash)
    with pytest.raises(MemoryError):
        inspect.read_credentials(check)
    monkeypatch.undo()
    with pytest.raises(CheckLostError):
        inspect.read_credentials(check)


def test_a_file_without_credentials_is_reported_as_one(check):
    found = inspect.read_credentials(check)
    assert (found["state"], found["made"]) == ("none", None)
