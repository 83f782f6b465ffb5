"""The scan of a JPEG: coefficients as symbols, symbols as bits (ITU-T T.81, Annex F.1)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.white_jpeg.huffman import Table, make_table

Ints = NDArray[np.int64]
ZIGZAG = np.array(
    (
        *(0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48),
        *(41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23),
        *(30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63),
    )
)
END, SIXTEEN_ZEROS = 0x00, 0xF0
COMPONENTS = 3


class Symbols(NamedTuple):
    """In their order: which table each belongs to, the symbol, and the bits that follow it."""

    table: Ints
    symbol: Ints
    extra: Ints
    extra_bits: Ints


def count_bits(values: Ints) -> Ints:
    """The category of each number: how many bits it takes."""
    return np.asarray(np.ceil(np.log2(np.abs(values) + 1)), np.int64)


def follow(values: Ints, bits: Ints) -> Ints:
    """A number as the bits after its category: of negative ones all are turned."""
    return np.where(values < 0, values + (1 << bits) - 1, values)


def list_symbols(levels: Ints) -> Symbols:
    """Of quantised blocks (N, 3, 64), of any range, the components in turn. Tables 0 and 1 are of the means and
    the others of brightness, 2 and 3 of colours.
    """
    means = np.diff(levels[:, :, 0], axis=0, prepend=0).reshape(-1)
    blocks = levels.reshape(-1, 64)[:, ZIGZAG[1:]]
    count = len(blocks)
    block, place = np.nonzero(blocks)
    value = blocks[block, place]
    first = np.r_[True, block[1:] != block[:-1]] if len(block) else np.zeros(0, bool)
    run = place - np.where(first, -1, np.r_[-1, place[:-1]] if len(place) else place) - 1
    skips = run // 16
    own = skips + 1
    in_block = np.bincount(block, own, count).astype(np.int64)
    last = np.full(count, -1)
    last[block] = place
    ends = (last < 62).astype(np.int64)
    start = np.cumsum(1 + in_block + ends) - (1 + in_block + ends)
    total = int(start[-1] + 1 + in_block[-1] + ends[-1])
    before = np.cumsum(in_block) - in_block
    at = start[block] + np.cumsum(own) - before[block]
    luma = np.arange(count) % COMPONENTS == 0
    of_block = np.where(luma, 1, 3)
    table, symbol = np.empty(total, np.int64), np.full(total, SIXTEEN_ZEROS, np.int64)
    extra, extra_bits = np.zeros(total, np.int64), np.zeros(total, np.int64)
    table[:] = np.repeat(of_block, 1 + in_block + ends)
    table[start] = of_block - 1
    symbol[start] = extra_bits[start] = count_bits(means)
    extra[start] = follow(means, extra_bits[start])
    extra_bits[at] = count_bits(value)
    symbol[at] = (run % 16) << 4 | extra_bits[at]
    extra[at] = follow(value, extra_bits[at])
    finish = (start + in_block + 1)[ends == 1]
    symbol[finish] = END
    return Symbols(table, symbol, extra, extra_bits)


def encode_scan(levels: Ints) -> tuple[list[Table], bytes]:
    """The four tables, and the bits that they make of quantised blocks (N, 3, 64), of any range."""
    said = list_symbols(levels)
    tables = [
        make_table(np.bincount(said.symbol[said.table == number], minlength=256))
        for number in range(4)
    ]
    code = np.stack([table.code for table in tables])[said.table, said.symbol]
    bits = np.stack([table.bits for table in tables])[said.table, said.symbol]
    return tables, pack(code << said.extra_bits | said.extra, bits + said.extra_bits)


def pack(values: Ints, bits: Ints) -> bytes:
    """Numbers of so many bits each (32 at the most), one after the other; at the end ones."""
    ends = np.cumsum(bits)
    begun = ends - bits
    word, room = begun >> 5, 64 - (begun & 31) - bits
    # Each touches two words of 32 bits; they share no bit, so that sums are what they write.
    high, low = values << room >> 32, values << room & 0xFFFFFFFF
    size = int(word[-1]) + 2
    total = np.bincount(word, high, size) + np.bincount(word + 1, low, size)
    whole = total.astype(np.uint64).astype(">u4").tobytes()
    length = int(ends[-1])
    data = bytearray(whole[: (length + 7) // 8])
    if length % 8:
        data[-1] |= 0xFF >> length % 8
    return bytes(data).replace(b"\xff", b"\xff\x00")
