"""Sweepers: each item by itself, so that one that fails does not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def try_each(act: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    """What it answered for each item that it did not fail for; a failure is logged."""
    answers = []
    for item in items:
        try:
            answers.append(act(item))
        except Exception:
            # Whatever it is: it is one item's, and the others are waiting.
            log.exception("%s failed for %s", getattr(act, "__qualname__", act), item)
    return answers
