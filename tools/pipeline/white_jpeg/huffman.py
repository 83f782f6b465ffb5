"""Huffman codes of a JPEG, made for its own symbols (ITU-T T.81, Annex K.2)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST = 16


class Table(NamedTuple):
    """How many codes have each length from 1 to 16, the symbols in their order, and of each of 256
    symbols the code and its length (0 where it has none).
    """

    lengths: list[int]
    symbols: list[int]
    code: NDArray[np.int64]
    bits: NDArray[np.int64]


def make_table(counts: NDArray[np.int64]) -> Table:
    """The shortest codes for symbols that occur so often, (256,) from 0, none of them all ones."""
    # One more, which is none: it takes the code of all ones.
    sizes = measure_sizes([*counts.tolist(), 1])
    lengths = limited([sizes.count(length) for length in range(1, max(LONGEST, *sizes) + 1)])
    symbols = sorted(np.flatnonzero(counts).tolist(), key=lambda symbol: (sizes[symbol], symbol))
    code, bits = np.zeros(256, np.int64), np.zeros(256, np.int64)
    value, taken = 0, 0
    for length, number in enumerate(lengths, 1):
        for symbol in symbols[taken : taken + number]:
            code[symbol], bits[symbol] = value, length
            value += 1
        taken += number
        value <<= 1
    return Table(lengths, symbols, code, bits)


def measure_sizes(counts: list[int]) -> list[int]:
    """Each symbol's length in a Huffman tree; the rarest two are joined until one is left."""
    counts, sizes = list(counts), [0] * len(counts)
    groups = {symbol: [symbol] for symbol, count in enumerate(counts) if count}
    while len(groups) > 1:
        # Of equals the last goes first: the symbol that is none has the longest code.
        first, second = sorted(groups, key=lambda symbol: (counts[symbol], -symbol))[:2]
        groups[first] += groups.pop(second)
        counts[first] += counts[second]
        for symbol in groups[first]:
            sizes[symbol] += 1
    return sizes


def limited(lengths: list[int]) -> list[int]:
    """No code longer than 16: two of the longest give way to one that hangs under a shorter one.
    The last of the longest is taken away: it is the symbol that is none.
    """
    found = [0, *lengths]
    for length in range(len(found) - 1, LONGEST, -1):
        while found[length] > 0:
            shorter = length - 2
            while found[shorter] == 0:
                shorter -= 1
            found[length] -= 2
            found[length - 1] += 1
            found[shorter + 1] += 2
            found[shorter] -= 1
    last = max(length for length in range(1, LONGEST + 1) if found[length])
    found[last] -= 1
    return found[1 : LONGEST + 1]
