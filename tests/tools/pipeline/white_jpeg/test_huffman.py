import numpy as np
import pytest

from tools.pipeline.white_jpeg.huffman import make_table


def counted(**numbers):
    counts = np.zeros(256, np.int64)
    for name, number in numbers.items():
        counts[int(name.removeprefix("s"))] = number
    return counts


def codes(table):
    return {
        format(int(table.code[symbol]), f"0{int(table.bits[symbol])}b") for symbol in table.symbols
    }


@pytest.mark.parametrize(
    "counts",
    [
        counted(s7=1),
        counted(s0=5, s1=5),
        counted(s0=100, s1=50, s17=3, s255=1),
        # Fibonacci's numbers make the longest codes that there are.
        counted(**{f"s{n}": round(1.618**n) for n in range(40)}),
        np.ones(256, np.int64),
    ],
    ids=["one", "two", "few", "deep", "all"],
)
def test_codes_tell_their_symbols_apart_and_fit_the_format(counts):
    table = make_table(counts)
    found = codes(table)
    assert sorted(table.symbols) == np.flatnonzero(counts).tolist()
    assert len(found) == sum(table.lengths) == np.count_nonzero(counts)
    assert max(map(len, found)) <= 16
    assert not any("0" not in code for code in found)
    assert not any(one != other and other.startswith(one) for one in found for other in found)


def test_what_is_frequent_is_short():
    table = make_table(counted(s3=1000, s9=10, s200=10, s4=1))
    assert table.bits[3] == 1
    assert table.bits[9] <= table.bits[4]
