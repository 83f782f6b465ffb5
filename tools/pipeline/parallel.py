"""Parts of one picture worked on at once, on every core, with memory for a few parts."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

# What one picture is worked on by at once: no more than this process may use, and never so many
# that on a large machine others wait.
CORES = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 8)

Progress = Callable[[float], None]
Part = TypeVar("Part")


def split_bands(height: int, width: int, pixels: int) -> list[slice]:
    """Runs of whole rows, about `pixels` large and alike, that together are the picture."""
    count = max(round(height * width / pixels), 1)
    edges = [height * number // count for number in range(count + 1)]
    return [slice(top, bottom) for top, bottom in pairwise(edges)]


def run_parts(
    work: Callable[[Part], None],
    parts: Sequence[Part],
    progress: Progress | None = None,
    *,
    at_once: int = CORES,
) -> None:
    """Do the work for every part. Array libraries let go of the interpreter, so threads serve.

    `progress` is told in the caller's thread and may raise: then no further part is begun.
    """
    pool = ThreadPoolExecutor(min(at_once, len(parts)))
    try:
        for number, _ in enumerate(pool.map(work, parts), 1):
            if progress:
                progress(number / len(parts))
    finally:
        pool.shutdown(cancel_futures=True)
