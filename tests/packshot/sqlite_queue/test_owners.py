import os
import subprocess

from packshot.sqlite_queue import owners


def test_this_process_is_alive_and_its_owners_differ():
    one, two = owners.new(), owners.new()
    assert one != two
    assert not owners.is_dead(one)


def test_a_process_that_ended_is_dead():
    place, _, started, token = owners.new().split("/")
    with subprocess.Popen(["true"]) as ended:
        pass
    assert owners.is_dead(f"{place}/{ended.pid}/{started}/{token}")


def test_a_pid_that_is_used_again_is_another_owner():
    place, pid, _, token = owners.new().split("/")
    assert owners.is_dead(f"{place}/{pid}/1/{token}")


def test_a_zombie_is_dead():
    place, *_, token = owners.new().split("/")
    with subprocess.Popen(["true"]) as zombie:
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        assert owners.is_dead(f"{place}/{zombie.pid}/1/{token}")


def test_an_owner_elsewhere_is_known_by_its_lease_only():
    assert not owners.is_dead("another-boot:pid:[1]/999999999/1/abc")


def test_without_proc_an_ended_pid_is_still_found_dead(monkeypatch, tmp_path):
    monkeypatch.setattr(owners, "_PROC", tmp_path)
    mine = owners.new()
    assert not owners.is_dead(mine)
    place, _, started, token = mine.split("/")
    with subprocess.Popen(["true"]) as ended:
        pass
    assert owners.is_dead(f"{place}/{ended.pid}/{started}/{token}")
