import os
import subprocess

from foundation.sqlite_queue import process_ids


def test_this_process_is_alive_and_its_owners_differ():
    one, two = process_ids.new(), process_ids.new()
    assert one != two
    assert not process_ids.is_dead(one)


def test_a_process_that_ended_is_dead():
    place, _, started, token = process_ids.new().split("/")
    with subprocess.Popen(["true"]) as ended:
        pass
    assert process_ids.is_dead(f"{place}/{ended.pid}/{started}/{token}")


def test_a_pid_that_is_used_again_is_another_owner():
    place, pid, _, token = process_ids.new().split("/")
    assert process_ids.is_dead(f"{place}/{pid}/1/{token}")


def test_a_zombie_is_dead():
    place, *_, token = process_ids.new().split("/")
    with subprocess.Popen(["true"]) as zombie:
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        assert process_ids.is_dead(f"{place}/{zombie.pid}/1/{token}")


def test_an_owner_elsewhere_is_known_by_its_lease_only():
    assert not process_ids.is_dead("another-boot:pid:[1]/999999999/1/abc")


def test_without_proc_an_ended_pid_is_still_found_dead(monkeypatch, tmp_path):
    monkeypatch.setattr(process_ids, "_PROC", tmp_path)
    mine = process_ids.new()
    assert not process_ids.is_dead(mine)
    place, _, started, token = mine.split("/")
    with subprocess.Popen(["true"]) as ended:
        pass
    assert process_ids.is_dead(f"{place}/{ended.pid}/{started}/{token}")
