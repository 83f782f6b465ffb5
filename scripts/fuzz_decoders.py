"""Coverage-guided fuzzing of what reads strangers' files: `make fuzz`, half an hour of it by itself.

Atheris leads, where it is installed (`pip install atheris`): it sees which lines of our parsers a
file reaches. Without it the same files are changed at random, which finds less. Whatever is not a
picture or a refusal, and whatever ends the process, is a fault; the file is kept in var/fuzz.
"""

import argparse
import io
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
LONGEST = 65_536
KEPT = ROOT / "var" / "fuzz"


def seeds() -> list[bytes]:
    """Our own hostile files, small ones, and an honest file of each format."""
    from tests.tools.pipeline.intake import hostile_files

    forms = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF")
    honest = [hostile_files.saved(form, (24, 16)) for form in forms]
    return honest + [data for _, data in hostile_files.list_files() if len(data) < LONGEST]


def read(data: bytes) -> None:
    """Read the file as an upload is read, in small limits; a refusal is an answer."""
    from tools.pipeline.intake import decode, header
    from tools.pipeline.intake.errors import RefusedError
    from tools.pipeline.intake.limits import Limits

    limits = Limits(pixels=1_000_000)
    try:
        head = header.read_header(io.BytesIO(data), limits=limits)
        found = decode.decode_photo(data, limits=limits)
    except RefusedError:
        return
    if found.pixels.shape[:2] != (head.height, head.width):
        raise RuntimeError("header and decoder disagree")


def guarded(data: bytes) -> None:
    try:
        read(data)
    except BaseException:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{hash(data) & 0xFFFFFFFF:08x}").write_bytes(data)
        raise


def at_random(goes_on: Callable[[int], bool], seed: int) -> int:
    """Flip, cut, double and cross, for as long as `goes_on` says of how many files were read."""
    dice, files, count = random.Random(seed), seeds(), 0
    while goes_on(count):
        data = bytearray(dice.choice(files))
        for _ in range(dice.randint(1, 8)):
            change(data, dice, files)
        guarded(bytes(data[:LONGEST]))
        count += 1
    return count


def change(data: bytearray, dice: random.Random, files: list[bytes]) -> None:
    place = dice.randrange(len(data) + 1)
    match dice.randrange(5):
        case 0 if place < len(data):
            data[place] ^= 1 << dice.randrange(8)
        case 1:
            data[place : place + 4] = dice.choice((b"\0\0\0\0", b"\xff" * 4, b"\0\0\xff\xff"))
        case 2:
            del data[place : place + dice.randint(1, 64)]
        case 3:
            data[place:place] = data[place : place + dice.randint(1, 256)]
        case _:
            other = dice.choice(files)
            start = dice.randrange(len(other) + 1)
            data[place:place] = other[start : start + dice.randint(1, 256)]


def by_coverage(seconds: float) -> None:
    import atheris

    folder = KEPT / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()):
        (folder / f"seed-{number}").write_bytes(data)
    with atheris.instrument_imports(include=["tools.pipeline.intake"]):
        read(b"")
    options = [f"-max_total_time={seconds:.0f}", f"-max_len={LONGEST}", "-rss_limit_mb=2000"]
    atheris.Setup([sys.argv[0], *options, str(folder)], guarded)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    try:
        import atheris  # noqa: F401  only whether it is there
    except ImportError:
        until = time.monotonic() + given.seconds
        count = at_random(lambda _: time.monotonic() < until, given.seed)
        print(f"{count} files read, none did harm.")
    else:
        by_coverage(given.seconds)


if __name__ == "__main__":
    main()
