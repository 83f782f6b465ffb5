import os
import subprocess

from tools.queue import process_ids


def test_this_process_lives():
    assert not process_ids.is_gone(process_ids.this_process())


def test_a_process_that_ended_is_gone():
    with subprocess.Popen(["sleep", "60"]) as child:
        name = process_ids.identity(child.pid)
        assert not process_ids.is_gone(name)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        # Its parent has not asked how it ended.
        assert process_ids.is_gone(name)
    assert process_ids.is_gone(name)


def test_a_later_process_of_the_same_number_is_another():
    host, pid, start = process_ids.this_process().split(":")
    assert int(pid) == os.getpid()
    assert process_ids.is_gone(f"{host}:{pid}:{int(start) - 1}")


def test_of_another_machine_nobody_can_tell():
    assert not process_ids.is_gone("elsewhere:1:1")
