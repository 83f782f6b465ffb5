import os

import pytest

from foundation.sqlite_queue.wakeups import LOOK_EVERY, LOOK_EVERY_WITHOUT_FIFOS, Bell


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "queue.sqlite3-bells"


@pytest.fixture
def bell(folder):
    bell = Bell(folder)
    yield bell
    bell.close()


def rung(bell):
    return bool(os.read(bell.listen(), 100))


def test_a_ring_reaches_every_listener(folder, bell):
    other = Bell(folder)
    bell.listen()
    other.listen()
    Bell(folder).ring()
    assert rung(bell)
    assert rung(other)
    other.close()


def test_a_ring_from_before_the_wait_ends_it_at_once(bell):
    bell.listen()
    bell.ring()
    bell.wait(3600)  # does not hang
    bell.silence()
    with pytest.raises(BlockingIOError):
        rung(bell)


def test_a_ring_here_is_heard_by_no_one_else(folder, bell):
    other = Bell(folder)
    other.listen()
    bell.listen()
    bell.ring_here()
    assert rung(bell)
    with pytest.raises(BlockingIOError):
        rung(other)
    other.close()


def test_ringing_without_listeners_is_harmless(bell):
    bell.ring()
    bell.ring_here()


def test_a_bell_that_nobody_hears_any_more_is_taken_down(folder, bell):
    folder.mkdir()
    os.mkfifo(folder / "1-killed")
    bell.ring()
    assert list(folder.iterdir()) == []


def test_closing_takes_the_own_bell_down(folder, bell):
    bell.listen()
    assert len(list(folder.iterdir())) == 1
    bell.close()
    assert list(folder.iterdir()) == []


def test_a_bell_can_be_rung_more_often_than_a_fifo_holds(bell):
    bell.listen()
    for _ in range(70_000):
        bell.ring_here()
    bell.ring()
    bell.silence()
    with pytest.raises(BlockingIOError):
        rung(bell)


def test_where_there_are_no_fifos_consumers_look_often(folder, bell):
    folder.write_text("a file, so nothing can be made in it")
    assert bell.listen() is None
    assert bell.patience == LOOK_EVERY_WITHOUT_FIFOS < LOOK_EVERY
    bell.wait(3600)  # ends after `patience`
