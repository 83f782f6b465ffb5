"""A reader of its own for what C2PA puts into files: containers and JUMBF boxes, byte by byte, and
none of the library that signs. It verifies nothing; it says what stands there.
"""

import json
import struct

HEADER, DESCRIPTION = 8, 17


def manifest_store(data):
    """The JUMBF boxes of a PNG, WebP or JPEG file, as bytes."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return b"".join(body for kind, body in png_chunks(data) if kind == b"caBX")
    if data[:4] == b"RIFF":
        return b"".join(body for kind, body in riff_chunks(data) if kind == b"C2PA")
    return b"".join(jpeg_parts(data))


def png_chunks(data):
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def riff_chunks(data):
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def jpeg_parts(data):
    """APP11 segments in their order: each repeats the box's header, which is there once."""
    at, first = 2, True
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xEB and body[:2] == b"JP":
            yield body[8:] if first else body[8 + HEADER :]
            first = False
        at += 2 + length


def boxes(data):
    """(kind, content) of each box that lies in the data."""
    at = 0
    while at + HEADER <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + HEADER : at + length]
        at += length


def labelled(data):
    """(label, kind and content of what it describes) of every superbox, however deep."""
    for kind, content in boxes(data):
        if kind != b"jumb":
            continue
        (_, description), *inner = boxes(content)
        label = description[DESCRIPTION:].split(b"\0")[0].decode()
        yield label, inner
        yield from labelled(content)


def read_json(data, label):
    """The JSON under this label in the file's newest manifest; None where there is none."""
    found = [
        json.loads(content)
        for name, inner in labelled(manifest_store(data))
        if name == label
        for kind, content in inner
        if kind == b"json"
    ]
    return found[-1] if found else None
