import pytest
from django.core.management import call_command

from tools.management.commands import removebg_shim
from tools.web.removebg.shim.server import HOST, Shim


def test_each_kind_of_client_is_told_its_line_with_files_that_are_there(
    tmp_path, monkeypatch, capsys
):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Shim, "serve_forever", stop)
    call_command("removebg_shim", "--port", "0", "--folder", str(tmp_path), "--to", "http://site")
    said = capsys.readouterr().out
    assert f"{HOST} is answered on 127.0.0.1:" in said
    assert "by http://site, until this command ends" in said
    for word in said.split():
        path = word.partition("=")[2]
        if path.startswith(str(tmp_path)):
            assert (tmp_path / path).exists(), path
    assert said.strip().endswith("Stopped; its certificate is worth nothing any more.")


@pytest.mark.parametrize("client", ["Node", "Python", "Go", "curl"])
def test_a_line_names_the_certificate_that_its_client_is_to_trust(tmp_path, client):
    trusted = tmp_path / "trusted.pem"
    manual = removebg_shim.manual(
        8443, "http://site", trusted, tmp_path / "n.js", tmp_path / "p.py"
    )
    lines = manual.split(client, 1)[1].splitlines()
    assert str(trusted) in lines[1]
