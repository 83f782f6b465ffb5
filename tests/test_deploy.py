"""What deploy/ says is true of the code, as far as it can be told without the engines that read it."""

import configparser
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

from tools.pipeline.engines.device import COMPILE
from tools.pipeline.engines.device import VARIABLE as DEVICE
from tools.queue import messages

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
CODE = "\n".join(path.read_text() for path in (ROOT / "site").rglob("*.py"))
# Read by libraries, not by us.
FOREIGN = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "FORWARDED_ALLOW_IPS"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def runs(command):
    """Whether the first word is one of our environment's programs, or Python with one of ours."""
    program, *arguments = command
    name = Path(program).name
    if name == "python":
        commands = ROOT / "site/packshot/management/commands"
        return arguments[0] == "manage.py" and (commands / f"{arguments[1]}.py").exists()
    return (Path(sys.executable).parent / name).exists()


def test_every_process_of_compose_can_be_run(compose):
    ours = [service for service in compose["services"].values() if service["image"] == "packshot"]
    assert len(ours) == 5
    assert all(runs(service["command"]) for service in ours)


def test_services_depend_on_services_that_exist(compose):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()


def test_the_environment_is_one_that_the_settings_read(compose):
    names = set(compose["x-app"]["environment"])
    names |= set(re.findall(r"`([A-Z][A-Z_]+[A-Z])`", (DEPLOY / "README.md").read_text()))
    unread = {name for name in names - FOREIGN if f'"{name}"' not in CODE}
    # The pipeline knows no settings, and the billing app reads its keys where it talks to Stripe.
    assert {name for name in unread - {DEVICE, COMPILE} if not name.startswith("STRIPE_")} == set()


def test_the_worker_on_a_gpu_hears_the_queues_of_devices_and_starts_only_where_one_is(compose):
    device = compose["services"]["device"]
    assert f"--queues={messages.OF_DEVICES}" in device["command"]
    assert device["profiles"] == ["gpu"]
    # Pages offer what the web process finds: it has to know of the device too.
    assert compose["services"]["web"]["environment"] == device["environment"]


def test_the_image_holds_all_that_the_site_is_made_of():
    copied = re.findall(r"^COPY (.+)$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    sources = {source for line in copied for source in shlex.split(line)[:-1]}
    needed = {"manage.py", "pyproject.toml", "site", "billing", "seo", "tools", "templates"}
    assert needed <= sources
    assert all((ROOT / source).exists() for source in sources)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_every_unit_runs_a_program_of_ours(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(unit)
    assert runs(shlex.split(parser["Service"]["ExecStart"]))
