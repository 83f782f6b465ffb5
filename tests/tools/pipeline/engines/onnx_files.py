"""A network in ONNX's wire format, by hand: one convolution that finds what is red."""

import struct

STRENGTH = 20.0
# Red over green by this much is the subject.
LEVEL = 0.25


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, dims, values):
    sizes = b"".join(number(1, dim) for dim in dims)
    raw = struct.pack(f"<{len(values)}f", *values)
    return sizes + number(2, 1) + block(8, name) + block(9, raw)


def value(name, dims):
    shape = b"".join(block(1, number(1, dim)) for dim in dims)
    return block(1, name) + block(2, block(1, number(1, 1) + block(2, shape)))


def node(kind, inputs, output):
    return b"".join(block(1, name) for name in inputs) + block(2, output) + block(4, kind)


def finds_red(side=320):
    """A model for pictures normalised as ImageNet's."""
    weights = tensor("w", (1, 3, 1, 1), (STRENGTH * 0.229, -STRENGTH * 0.224, 0.0))
    bias = tensor("b", (1,), (STRENGTH * (0.485 - 0.456 - LEVEL),))
    graph = (
        block(1, node("Conv", ("x", "w", "b"), "c"))
        + block(1, node("Sigmoid", ("c",), "y"))
        + block(2, "red")
        + block(5, weights)
        + block(5, bias)
        + block(11, value("x", (1, 3, side, side)))
        + block(12, value("y", (1, 1, side, side)))
    )
    return number(1, 8) + block(7, graph) + block(8, block(1, "") + number(2, 17))
