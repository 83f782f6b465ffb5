"""Wake-ups: the consumers of a queue hear at once of what is put into it, at no cost while idle.

Each consumer listens on a FIFO of its own in a folder beside the queue's file; whoever writes to
the queue sends a byte to every FIFO there. A bell may ring for nothing and, where the file system
has no FIFOs, never: consumers look by themselves now and then, see `patience`.
"""

import contextlib
import errno
import os
import select
from pathlib import Path
from uuid import uuid4

LOOK_EVERY = 1.0
LOOK_EVERY_WITHOUT_FIFOS = 0.02


class Bell:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name: Path | None = None
        self._pid = 0
        self._ends: list[int] = []

    @property
    def patience(self) -> float:
        """Seconds that a consumer may sleep without looking at the queue."""
        return LOOK_EVERY if self._ends else LOOK_EVERY_WITHOUT_FIFOS

    def listen(self) -> int | None:
        """The descriptor that becomes readable when the bell rings; None where there are no FIFOs."""
        if self._pid != os.getpid():
            self._forget()
            with contextlib.suppress(OSError):
                self._hang()
            self._pid = os.getpid()
        return self._ends[0] if self._ends else None

    def _hang(self) -> None:
        self.folder.mkdir(exist_ok=True)
        name = f"{os.getpid()}-{uuid4().hex[:8]}"
        unready, ready = self.folder / f".{name}", self.folder / name
        os.mkfifo(unready)
        # Our own writing end keeps the FIFO from reporting an end of file between two callers.
        for flags in (os.O_RDONLY, os.O_WRONLY):
            self._ends.append(os.open(unready, flags | os.O_NONBLOCK))
        # Only a FIFO that is being read gets its name: callers clear away those that nobody reads.
        unready.rename(ready)
        self._name = ready

    def ring(self) -> None:
        """Wake every consumer of the queue, in this process and in others."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    self._call(Path(entry.path))

    def ring_here(self) -> None:
        """Wake only the consumer that listens with this bell."""
        if self._ends and self._pid == os.getpid():
            with contextlib.suppress(BlockingIOError):
                os.write(self._ends[1], b"!")

    @staticmethod
    def _call(fifo: Path) -> None:
        try:
            end = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno == errno.ENXIO:  # its reader was killed
                fifo.unlink(missing_ok=True)
            return
        try:
            os.write(end, b"!")
        except (BlockingIOError, BrokenPipeError):
            pass  # full, so it is rung already; or just gone
        finally:
            os.close(end)

    def wait(self, seconds: float) -> None:
        """Sleep until the bell rings, at most so long; a ring since the last `silence` counts."""
        select.select(self._ends[:1], [], [], max(0.0, min(seconds, self.patience)))

    def silence(self) -> None:
        """Take note of all rings so far; call it before looking into the queue, never after."""
        with contextlib.suppress(BlockingIOError):
            while self._ends and os.read(self._ends[0], 4096):
                pass

    def close(self) -> None:
        if self._name and self._pid == os.getpid():
            self._name.unlink(missing_ok=True)
        self._forget()

    def _forget(self) -> None:
        """Close our ends; the FIFO of the process that we were forked from stays its own."""
        for end in self._ends:
            os.close(end)
        self._ends.clear()
        self._name = None
        self._pid = 0
