import time

import pytest

from tools.pipeline import parallel


@pytest.mark.parametrize(("height", "width", "pixels"), [(1, 1, 100), (1000, 37, 5000), (7, 9, 1)])
def test_bands_are_the_picture_once(height: int, width: int, pixels: int) -> None:
    rows = [
        row for band in parallel.split_bands(height, width, pixels) for row in range(height)[band]
    ]

    assert rows == list(range(height))


def test_every_band_is_worked_on_and_told_of() -> None:
    done: list[slice] = []
    told: list[float] = []
    parts = parallel.split_bands(100, 10, 100)

    parallel.run_parts(done.append, parts, told.append)

    assert sorted(done, key=lambda band: band.start) == parts
    assert told == [(number + 1) / 10 for number in range(10)]


def test_who_calls_off_stops_the_bands_that_are_not_begun() -> None:
    done: list[slice] = []

    def work(band: slice) -> None:
        # All of them would take ten seconds: longer than it takes to say that it is enough.
        time.sleep(0.002)
        done.append(band)

    def enough(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        parallel.run_parts(work, parallel.split_bands(10_000, 10, 10), enough)

    assert len(done) < 10_000


def test_an_error_in_a_band_is_the_callers() -> None:
    def wrong(band: slice) -> None:
        raise ValueError(band.start)

    with pytest.raises(ValueError, match="0"):
        parallel.run_parts(wrong, parallel.split_bands(100, 10, 100))
