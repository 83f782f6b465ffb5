"""Fork hooks for what cannot survive one; Celery's worker forks its pool at any time."""

import os
import threading
import weakref
from typing import Protocol


class Forkable(Protocol):
    def pause(self) -> None:
        """Let no thread be in the middle of anything, until `resume`."""

    def resume(self) -> None:
        """In the parent, after the fork."""

    def begin_anew(self) -> None:
        """In the child, after the fork: nothing of the parent's may be used, closed or unlocked."""


class _Forks:
    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._known: weakref.WeakSet[Forkable] = weakref.WeakSet()
        self._paused: list[Forkable] = []
        os.register_at_fork(
            before=self._before,
            after_in_parent=self._after_in_parent,
            after_in_child=self._after_in_child,
        )

    def tell(self, forkable: Forkable) -> None:
        with self._lock:
            self._known.add(forkable)

    def _before(self) -> None:
        self._lock.acquire()
        for forkable in list(self._known):
            forkable.pause()
            self._paused.append(forkable)

    def _after_in_parent(self) -> None:
        while self._paused:
            self._paused.pop().resume()
        self._lock.release()

    def _after_in_child(self) -> None:
        self._lock = threading.RLock()
        while self._paused:
            self._paused.pop().begin_anew()


tell = _Forks().tell
