"""A device's processes on both kinds of site; what happens in each scene is told in scenes_of_*.py."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import servers

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


def own_database(url):
    """An empty database of that server's for the scenes."""
    if servers.ours is not None and url == servers.ours.url:
        servers.ours.ensure()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS packshot_scenes WITH (FORCE)")
        connection.execute("CREATE DATABASE packshot_scenes")
    return urlsplit(url)._replace(path="/packshot_scenes").geturl()


class Theatre:
    """A site's database and broker, and a process that plays scenes on them."""

    def __init__(self, folder, **site):
        environment = {
            "DJANGO_SETTINGS_MODULE": "packshot.settings",
            "PACKSHOT_DATA": str(folder),
            "PACKSHOT_DEVICE": "cpu",
            "PACKSHOT_DEVICE_MEGABYTES": "1000",
            "PACKSHOT_DEVICE_STILL_SECONDS": "3",
            "PACKSHOT_ENGINES": "pretend",
            "PRETEND": str(folder),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site"), str(HERE)]),
        }
        self.process = subprocess.Popen(
            [sys.executable, HERE / "scenes.py"],
            env=os.environ | environment | site,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def play(self, scene):
        self.process.stdin.write(f"{scene}\n")
        self.process.stdin.flush()
        went_wrong = json.loads(self.process.stdout.readline())
        assert not went_wrong, went_wrong

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def embedded(request):
    return {"DATABASE_URL": "", "CELERY_BROKER_URL": ""}


def production(request):
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("PostgreSQL is not installed")
    redis = request.getfixturevalue("redis_url")
    return {"DATABASE_URL": own_database(url), "CELERY_BROKER_URL": redis}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(embedded, id="embedded"),
        pytest.param(production, id="production"),
    ],
)
def theatre(request, tmp_path_factory):
    theatre = Theatre(tmp_path_factory.mktemp("theatre"), **request.param(request))
    yield theatre
    theatre.close()


def test_what_waits_when_a_batch_starts_goes_together(theatre):
    theatre.play("batch")


def test_only_what_is_compatible_shares_a_batch(theatre):
    theatre.play("lots")


def test_who_pays_goes_first(theatre):
    theatre.play("tiers")


def test_who_does_not_pay_is_not_kept_waiting_for_ever(theatre):
    theatre.play("age")


def test_one_that_is_called_off_leaves_its_batch(theatre):
    theatre.play("cancel")


def test_a_picture_that_fails_its_batch_fails_alone_and_costs_nothing(theatre):
    theatre.play("poison")


def test_what_does_not_fit_is_halved_from_then_on(theatre):
    theatre.play("memory")


def test_a_wake_up_that_goes_astray_costs_a_moment(theatre):
    theatre.play("unrung")


def test_what_the_device_has_done_is_not_done_again(theatre):
    theatre.play("uploaded")


def test_a_process_that_is_told_to_stop_ends_its_batch_and_leaves_the_rest(theatre):
    theatre.play("drained")


def test_a_batch_that_lasts_too_long_is_given_back(theatre):
    theatre.play("given_back")


def test_a_thread_that_does_not_move_is_ended(theatre):
    theatre.play("still")


def test_a_lost_device_ends_its_process_for_another_to_go_on(theatre):
    theatre.play("lost")


def test_the_least_valuable_engine_makes_room(theatre):
    theatre.play("eviction")


def test_two_processes_do_nothing_twice(theatre):
    theatre.play("crowd")


def test_what_a_killed_process_held_is_done_within_seconds(theatre):
    theatre.play("killed")


def test_a_silent_process_loses_its_lease_and_writes_nothing_later(theatre):
    theatre.play("silent")
