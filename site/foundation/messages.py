"""Messages to workers, sent by the task's name: who sends one imports no worker."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send_message(task: str, *args: Any, **options: Any) -> bool:
    """Queue a task by its name; False, and a line in the log, where the broker is away.

    A message only says that there is work: the rows say which, and the timetable finds what
    nobody was told of.
    """
    try:
        current_app.send_task(task, args, **options)
    except OperationalError as error:
        logger.warning("Nobody could be told of %s: %s", task, error)
        return False
    return True


def send_on_commit(task: str, *args: Any, **options: Any) -> None:
    """Queue a task by its name as soon as the open transaction's rows are there to be seen."""
    transaction.on_commit(partial(send_message, task, *args, **options))
