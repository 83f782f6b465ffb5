"""Supervises the programs given as Python source, each an argument; ready when the file `ready` is there."""

import asyncio
import os
import sys

from foundation import processes
from foundation.processes import Program, Supervisor

processes.FIRST_PAUSE = 0.05
processes.SECONDS_TO_END = 2.0


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def ready():
    return os.path.exists("ready")  # noqa: ASYNC240, PTH110  a test's program may block


async def main():
    programs = [
        Program(f"program-{number}", [sys.executable, "-c", source])
        for number, source in enumerate(sys.argv[1:])
    ]
    await Supervisor(
        programs,
        ready=ready,
        announce=lambda: say("ready"),
        say=say,
    ).run()


asyncio.run(main())
