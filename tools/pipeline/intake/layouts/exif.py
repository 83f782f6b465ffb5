"""The one thing that we take from EXIF: which side is up."""

import struct

ORIENTATION = 0x0112
ENTRIES = 512


def read_orientation(block: bytes) -> int:
    """1 to 8; 1 for anything that cannot be read, as every viewer does. `block` is the TIFF
    structure, with or without the `Exif\\0\\0` before it.
    """
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, first)
        for entry in range(min(count, ENTRIES)):
            tag, kind, _ = struct.unpack_from(order + "HHI", block, first + 2 + 12 * entry)
            if tag == ORIENTATION:
                shape = {1: "B", 3: "H", 4: "I"}.get(kind, "H")
                (value,) = struct.unpack_from(order + shape, block, first + 10 + 12 * entry)
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1
