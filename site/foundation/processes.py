"""Process supervisor: starts the site's processes again when they die, and leaves none behind.

Each is the head of a session of its own, so that a Ctrl-C in the terminal reaches only us and we
end them in order, their children included.
"""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_END = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # before a process that died is started again
STEADY_AFTER = 10.0  # seconds of life after which an earlier death no longer counts
TRIES_TO_BE_READY = 3

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class NotReadyError(Exception):
    """The first process died again and again before it was ready."""


@dataclass(frozen=True)
class Program:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Keeps programs running; the first must be ready before the others start."""

    def __init__(
        self,
        programs: Sequence[Program],
        ready: Callable[[], Awaitable[bool]],
        announce: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.programs = programs
        self.ready = ready
        self.announce = announce
        self.say = say
        self.running: dict[str, Process] = {}
        self.deaths = 0
        self.asked = asyncio.Event()  # to stop

    async def run(self) -> None:
        """Until a signal asks to stop. Raises NotReadyError."""
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self._stop)
        first, *others = self.programs
        keepers = [loop.create_task(self._keep(first))]
        try:
            await self._until_ready()
            keepers += [loop.create_task(self._keep(program)) for program in others]
            await self.asked.wait()
        finally:
            for keeper in keepers:
                keeper.cancel()
            await self._end()

    def _stop(self) -> None:
        if self.asked.is_set():
            self._kill()
        self.asked.set()

    async def _until_ready(self) -> None:
        while not self.asked.is_set():
            if await self.ready():
                self.announce()
                return
            if self.deaths >= TRIES_TO_BE_READY:
                raise NotReadyError
            await asyncio.sleep(0.05)

    async def _keep(self, program: Program) -> None:
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE
        while not self.asked.is_set():
            born = loop.time()
            end = await self._live(program)
            self.deaths += 1
            if loop.time() - born > STEADY_AFTER:
                pause = FIRST_PAUSE
            self.say(f"{program.name} {end}; starting it again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _live(self, program: Program) -> str:
        """One life of a program; returns how it ended."""
        try:
            process = self.running[program.name] = await start(program)
        except OSError as error:
            return f"could not start ({error})"
        code = await process.wait()
        kill_session(process)  # what it may have left behind
        del self.running[program.name]
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"

    async def _end(self) -> None:
        """All at once, gently; those that take too long are killed."""
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        ends = [asyncio.ensure_future(process.wait()) for process in self.running.values()]
        if ends:
            await asyncio.wait(ends, timeout=SECONDS_TO_END)
        self._kill()
        await asyncio.gather(*ends)

    def _kill(self) -> None:
        for process in self.running.values():
            kill_session(process)


async def start(program: Program) -> Process:
    parent = os.getpid()

    def die_with_parent() -> None:
        # Even a SIGKILL of ours, which nobody can handle, must leave no orphan.
        if _libc and _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL) == 0 and os.getppid() != parent:
            os._exit(1)

    return await asyncio.create_subprocess_exec(
        *program.command,
        stdin=asyncio.subprocess.DEVNULL,
        env=os.environ | program.environment,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def kill_session(process: Process) -> None:
    """The process and all that it started; harmless once they have ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
