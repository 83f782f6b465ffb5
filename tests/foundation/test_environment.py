import pytest

from foundation import environment


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
