import sqlite3

import pytest

from foundation.sqlite_queue import errors


def raised(path, statement, **options):
    connection = sqlite3.connect(path, timeout=0, **options)
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        return errors.explain(error, path)
    finally:
        connection.close()
    return None


def test_a_file_that_another_program_locks_may_be_tried_again(tmp_path):
    path = tmp_path / "queue"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    found = raised(path, "SELECT 1 FROM sqlite_master")
    holder.close()
    assert isinstance(found, errors.QueueBusyError)
    assert isinstance(found, errors.PASSING)
    assert str(path) in str(found)


def test_a_file_that_is_no_database_is_damaged_and_not_tried_again(tmp_path):
    path = tmp_path / "queue"
    path.write_bytes(b"words " * 1000)
    found = raised(path, "SELECT 1 FROM sqlite_master")
    assert isinstance(found, errors.QueueDamagedError)
    assert not isinstance(found, errors.PASSING)


@pytest.mark.parametrize("error", [sqlite3.ProgrammingError("closed"), sqlite3.Error("?")])
def test_an_error_without_a_code_is_one_of_reaching_the_file(tmp_path, error):
    assert isinstance(errors.explain(error, tmp_path), errors.QueueUnreachableError)
