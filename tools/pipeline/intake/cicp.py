"""Colour spaces that a file names by number (ITU-T H.273) where it has no profile of its own.

Phones write HEIC and AVIF in Display P3 this way; PNG has a chunk for it.
"""

import struct

import numpy as np
from numpy.typing import NDArray

# Chromaticities of red, green and blue, of those spaces that are wider than sRGB.
WIDE: dict[int, tuple[tuple[float, float], ...]] = {
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),  # BT.2020
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # Display P3
}
SRGB_CORNERS = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
NAMES = {9: "BT.2020", 12: "Display P3"}
# Curves that look like sRGB's. PQ (16) and HLG (18) do not: see `hdr`.
USUAL_CURVES = frozenset({1, 2, 6, 13, 14, 15})

D65, D50 = (0.3127, 0.3290), (0.34567, 0.35850)
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
# sRGB's curve as ICC writes it: exponent, scale, shift, slope of the straight part, and its end.
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile(primaries: int, transfer: int) -> bytes | None:
    """An ICC profile of that space; None where sRGB will do, or nothing is known."""
    if primaries not in WIDE or transfer not in USUAL_CURVES:
        return None
    return build_profile(NAMES[primaries], to_d50(primaries), b"\0\3\0\0" + _fixed(*CURVE))


def profile_by_exponent(exponent: float | None, corners: tuple[float, ...] | None) -> bytes | None:
    """An ICC profile of numbers that are light to the power of `exponent`, between corners of which
    white is the first (x and y of each; sRGB's where none are given). None for what makes no sense.
    """
    if exponent is None and corners is None:
        return None
    curve = b"\0\3\0\0" + _fixed(*CURVE)
    if exponent is not None:
        if not 0.1 <= exponent <= 10:
            return None
        curve = b"\0\0\0\0" + _fixed(1 / exponent)
    white, *rest = zip(*[iter(corners or SRGB_CORNERS)] * 2, strict=True)
    if any(y < 1e-3 for _, y in (white, *rest)):
        return None
    try:
        return build_profile("PNG", matrix_to_d50(tuple(rest), white), curve)
    except np.linalg.LinAlgError:
        return None


def build_profile(name: str, matrix: NDArray[np.float64], curve: bytes) -> bytes:
    """`matrix` (3, 3) float64 leads from linear RGB to XYZ under D50, both 0–1; `curve` is the body
    of ICC's parametric curve.
    """
    text = f"{name}\0".encode()
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(80),
        b"wtpt": _xyz(xyz(D50)),
        **{
            tag: _xyz(column)
            for tag, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix.T, strict=True)
        },
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"para\0\0\0\0" + curve),
    }
    return _assembled(tags)


def to_d50(primaries: int) -> NDArray[np.float64]:
    """From linear RGB of that space to XYZ under D50, both 0–1: (3, 3) float64."""
    return matrix_to_d50(WIDE[primaries], D65)


def matrix_to_d50(
    corners: tuple[tuple[float, ...], ...], white: tuple[float, ...]
) -> NDArray[np.float64]:
    """The same for any chromaticities of red, green and blue, and of white: (3, 3) float64,
    of any range.
    """
    columns = np.array([xyz(corner) for corner in corners]).T
    linear = columns * np.linalg.solve(columns, xyz(white))
    gains = (BRADFORD @ xyz(D50)) / (BRADFORD @ xyz(white))
    return np.asarray(np.linalg.solve(BRADFORD, gains[:, None] * (BRADFORD @ linear)))


def xyz(chromaticity: tuple[float, ...]) -> NDArray[np.float64]:
    x, y = chromaticity
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xyz(values: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    """The header, the table and the tags of a display profile of version 4."""
    table, bodies = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        table += name + struct.pack(">II", start + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    head = bytearray(128)
    head[0:4] = struct.pack(">I", start + len(bodies))
    head[8:24] = b"\4\0\0\0mntrRGB XYZ "
    head[36:40] = b"acsp"
    head[68:80] = _fixed(*xyz(D50))
    return bytes(head) + table + bodies
