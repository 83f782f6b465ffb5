"""A JPEG file in which white paper is white, to the last pixel beside the product."""

import struct

import numpy as np

from tools.pipeline.pixels import Floats, Mask, Rgb
from tools.pipeline.white_jpeg import blocks, scan, whites
from tools.pipeline.white_jpeg.huffman import Table

# Of a profile no segment holds more.
PROFILE_PART = 65_519


def write_white_jpeg(pixels: Rgb, paper: Mask, *, quality: int, profile: bytes) -> bytes:
    """A baseline JPEG, 4:4:4, of H×W×3 uint8 sRGB with that ICC profile.

    What is `paper` (H×W, 255 in the picture) is 255 in what any decoder shows of the file, at every
    quality of 1 to 100; all else is as near as that quality has it.
    """
    height, width = pixels.shape[:2]
    cut, white = blocks.cut_blocks(pixels), whites.cut_paper(paper)
    luma = blocks.make_steps(blocks.LUMA, quality)
    coarse = blocks.make_steps(blocks.CHROMA, quality)
    levels = np.empty(cut.shape, np.int64)
    levels[:, 0] = whites.quantise_bright(cut[:, 0], white, luma)
    for colour, tint in ((1, whites.BLUE), (2, whites.RED)):
        levels[:, colour] = whites.quantise_tint(cut[:, colour], white, coarse, tint=tint)
    tables, data = scan.encode_scan(levels)
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            *profile_segments(profile),
            segment(0xDB, b"\0" + zigzagged(luma) + b"\x01" + bytes([1] * 64)),
            segment(
                0xC0,
                struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\0\x02\x11\x01\x03\x11\x01",
            ),
            segment(0xC4, b"".join(named(number, table) for number, table in enumerate(tables))),
            segment(0xDA, b"\x03\x01\0\x02\x11\x03\x11\0\x3f\0"),
            data,
            b"\xff\xd9",
        ]
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def profile_segments(profile: bytes) -> list[bytes]:
    parts = [
        profile[start : start + PROFILE_PART] for start in range(0, len(profile), PROFILE_PART)
    ]
    return [
        segment(0xE2, b"ICC_PROFILE\0" + bytes([number, len(parts)]) + part)
        for number, part in enumerate(parts, 1)
    ]


def zigzagged(steps: Floats) -> bytes:
    return bytes(steps.astype(np.uint8)[scan.ZIGZAG].tobytes())


def named(number: int, table: Table) -> bytes:
    """Tables 0 and 2 are of means (class 0), 1 and 3 of the others (class 1)."""
    name = (number % 2) << 4 | number // 2
    return bytes([name, *table.lengths, *table.symbols])
