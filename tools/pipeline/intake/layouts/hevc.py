"""HEVC (H.265, section 7.3.2.2): the size of the pictures, as the parameter sets say."""

from collections.abc import Iterator

from tools.pipeline.intake.errors import DamagedError
from tools.pipeline.intake.layouts.bits import Bits

PARAMETERS = 33
# As much of a parameter set as stands before the size, with room.
LONGEST = 256


def is_parameters(unit: bytes) -> bool:
    return bool(unit) and unit[0] >> 1 & 63 == PARAMETERS


def read_config(record: bytes) -> Iterator[bytes]:
    """The units in a decoder configuration record (ISO/IEC 14496-15, 8.3.3)."""
    if len(record) < 23:
        raise DamagedError
    offset = 23
    for _ in range(record[22]):
        count = int.from_bytes(record[offset + 1 : offset + 3], "big")
        offset += 3
        for _ in range(count):
            length = int.from_bytes(record[offset : offset + 2], "big")
            if offset + 2 + length > len(record):
                raise DamagedError
            yield record[offset + 2 : offset + 2 + length]
            offset += 2 + length


def read_size(unit: bytes) -> tuple[int, int]:
    """Coded width and height of a sequence parameter set, before the window is cut out."""
    # 00 00 03 stands for 00 00.
    bits = Bits(unit[2 : 2 + LONGEST].replace(b"\0\0\3", b"\0\0"))
    bits.take(4)
    layers = bits.take(3)
    bits.take(1)
    _profile(bits, layers)
    bits.golomb()
    if bits.golomb() == 3:
        bits.take(1)
    return bits.golomb(), bits.golomb()


def _profile(bits: Bits, layers: int) -> None:
    bits.take(88 + 8)
    present = [(bits.take(1), bits.take(1)) for _ in range(layers)]
    if layers:
        bits.take(2 * (8 - layers))
    for profile, level in present:
        bits.take(88 * profile + 8 * level)
