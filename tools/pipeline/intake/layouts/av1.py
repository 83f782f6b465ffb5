"""AV1 (section 5.5): the size of the frames, as the sequence header in the data itself says."""

from collections.abc import Callable, Iterator

from tools.pipeline.intake.errors import DamagedError
from tools.pipeline.intake.layouts.bits import Bits

SEQUENCE = 1
# A sequence header is some 10 bytes.
LONGEST = 256


def read_sizes(at: Callable[[int, int], bytes], size: int) -> Iterator[tuple[int, int]]:
    """Largest width and height of every sequence header in data of that size, which `at` reads."""
    offset = 0
    while offset < size:
        head = at(offset, 1 + 1 + 8)
        kind, extended, sized = head[0] >> 3 & 15, head[0] & 4, head[0] & 2
        start = 2 if extended else 1
        length, used = _leb128(head[start:]) if sized else (size - offset - start, 0)
        offset += start + used
        if kind == SEQUENCE:
            yield _sequence(at(offset, min(length, LONGEST)))
        offset += length


def _leb128(data: bytes) -> tuple[int, int]:
    """The number, and of how many bytes it is."""
    value = 0
    for place, byte in enumerate(data[:8]):
        value |= (byte & 127) << 7 * place
        if byte < 128:
            return value, place + 1
    raise DamagedError


def _sequence(data: bytes) -> tuple[int, int]:
    bits = Bits(data)
    bits.take(3 + 1)  # profile, still picture
    if bits.take(1):  # the reduced header of still pictures
        bits.take(5)
    else:
        _points(bits)
    wide, high = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(wide) + 1, bits.take(high) + 1


def _points(bits: Bits) -> None:
    """Timing and operating points: walked, for the size stands behind them."""
    decoder_model = delay = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            bits.golomb()
        decoder_model = bits.take(1)
        if decoder_model:
            delay = bits.take(5) + 1
            bits.take(32 + 5 + 5)
    initial = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if decoder_model and bits.take(1):
            bits.take(2 * delay + 1)
        if initial and bits.take(1):
            bits.take(4)
