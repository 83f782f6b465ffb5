from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation import environment


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("PACKSHOT_SECRET_KEY", raising=False)
    made = environment.secret_key(tmp_path)
    assert len(made) > 50
    assert environment.secret_key(tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("PACKSHOT_SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PACKSHOT_DATA", str(tmp_path / "file" / "below"))
    with pytest.raises(ImproperlyConfigured, match="file/below cannot be made"):
        environment.data_folder()


def test_pictures_lie_in_a_folder_or_a_bucket(tmp_path):
    assert environment.parse_storage_url("", tmp_path)["OPTIONS"]["location"] == (
        tmp_path / "pictures"
    )
    local = environment.parse_storage_url("file:///srv/pictures", tmp_path)
    assert local["OPTIONS"]["location"] == Path("/srv/pictures")
    url = "s3://bucket/some/prefix/?endpoint=http://minio:9000&region=eu"
    bucket = environment.parse_storage_url(url, tmp_path)["OPTIONS"]
    assert (bucket["bucket_name"], bucket["location"]) == ("bucket", "some/prefix")
    assert (bucket["endpoint_url"], bucket["region_name"]) == ("http://minio:9000", "eu")
    with pytest.raises(ImproperlyConfigured, match="must begin with file:// or s3://"):
        environment.parse_storage_url("ftp://host", tmp_path)


def test_mail_goes_to_a_server_with_the_password_that_was_meant():
    read = environment.parse_mail_url("smtp://ada%40example.com:p%2Fw@mail.example")
    assert (read["user"], read["password"]) == ("ada@example.com", "p/w")
    assert (read["host"], read["port"], read["tls"]) == ("mail.example", 587, True)
    assert not environment.parse_mail_url("smtps://mail.example:465")["tls"]
    assert environment.parse_mail_url("")["backend"].endswith("console.EmailBackend")
    with pytest.raises(ImproperlyConfigured):
        environment.parse_mail_url("imap://mail.example")


def test_a_number_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("PACKSHOT_TEST", "many")
    with pytest.raises(ImproperlyConfigured, match="PACKSHOT_TEST must be a whole number"):
        environment.read_number("PACKSHOT_TEST", 3)
    monkeypatch.setenv("PACKSHOT_TEST", "")
    assert environment.read_number("PACKSHOT_TEST", 3) == 3


@pytest.mark.parametrize(("said", "meant"), [("Yes", True), ("1", True), ("0", False), ("", False)])
def test_a_flag_is_on_when_it_says_so(monkeypatch, said, meant):
    monkeypatch.setenv("PACKSHOT_TEST", said)
    assert environment.read_flag("PACKSHOT_TEST", default=True) is meant


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    monkeypatch.delenv("PACKSHOT_HOSTS", raising=False)
    monkeypatch.delenv("HOST", raising=False)


def test_without_a_public_address_it_answers_on_this_machine_only():
    assert environment.list_hosts("") == ["localhost", ".localhost", "127.0.0.1", "[::1]"]


def test_it_answers_as_its_public_address():
    hosts = environment.list_hosts("https://packshot.example:8443")
    assert "packshot.example" in hosts
    assert "*" not in hosts


def test_it_answers_as_what_it_listens_on(monkeypatch):
    monkeypatch.setenv("HOST", "192.0.2.7")
    assert "192.0.2.7" in environment.list_hosts("")
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setattr(environment, "own_names", lambda: ["laptop.local"])
    assert "laptop.local" in environment.list_hosts("")
    assert "*" not in environment.list_hosts("")
    assert "0.0.0.0" not in environment.list_hosts("")


def test_hosts_that_are_named_are_the_only_ones(monkeypatch):
    monkeypatch.setenv("PACKSHOT_HOSTS", "a.example,b.example")
    assert environment.list_hosts("https://c.example") == ["a.example", "b.example"]


def test_the_data_folder_is_nobody_elses(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    database = folder / "packshot.sqlite3"
    database.touch(mode=0o644)
    monkeypatch.setenv("PACKSHOT_DATA", str(folder))
    assert environment.data_folder() == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert database.stat().st_mode & 0o777 == 0o600
