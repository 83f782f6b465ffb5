"""Waiting for a result: as long as programs wait for an answer, and no longer."""

import time
from collections.abc import Callable

from tools.web.removebg.refusals import RefusedCallError

# The strictest of the clients gives up after twenty seconds.
SECONDS = 18.0
PAUSE = 0.03
# When to ask again for what was not ready.
SECONDS_TO_RETRY = 5


def read_clock() -> float:
    """Now, in Unix time."""
    return time.time()


class Deadline:
    """The moment at which a request has to be answered."""

    def __init__(self) -> None:
        self.at = time.monotonic() + SECONDS

    def wait_until(self, is_ready: Callable[[], bool]) -> bool:
        """Whether it was ready in time."""
        while not is_ready():
            if time.monotonic() >= self.at:
                return False
            time.sleep(PAUSE)
        return True


def not_ready() -> RefusedCallError:
    """To be asked for again: whoever does is given the result, and nobody pays twice."""
    return RefusedCallError("not_ready", 429, retry_after=SECONDS_TO_RETRY)
