"""Putting an XMP packet into JPEG, PNG and WebP without touching a pixel.

Only for files that `encoding` has just written: plain, whole and without a packet.
"""

import struct
import zlib

from tools.pipeline.errors import PipelineError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_NAME = b"http://ns.adobe.com/xap/1.0/\0"
PNG_NAME = b"XML:com.adobe.xmp\0\0\0\0\0"
# In WebP's VP8X, the bit that says that there is a packet.
HAS_XMP = 0x04


class UnsealableError(PipelineError):
    """Not a format that carries the records: ours to mend, for we wrote the file."""

    id = "unsealable"
    again = False


def mime(data: bytes) -> str:
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if data.startswith(SIGNATURE):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    raise UnsealableError


def with_xmp(data: bytes, packet: bytes) -> bytes:
    put = {"image/jpeg": _in_jpeg, "image/png": _in_png, "image/webp": _in_webp}
    return put[mime(data)](data, packet)


def _in_jpeg(data: bytes, packet: bytes) -> bytes:
    """After the header segment APP0, which has to stay the first."""
    body = JPEG_NAME + packet
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    at = 2
    if data[2:4] == b"\xff\xe0":
        at += 2 + int.from_bytes(data[4:6], "big")
    return data[:at] + segment + data[at:]


def _in_png(data: bytes, packet: bytes) -> bytes:
    body = b"iTXt" + PNG_NAME + packet
    at = len(SIGNATURE) + 12 + 13  # after IHDR
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:at] + chunk + data[at:]


def _in_webp(data: bytes, packet: bytes) -> bytes:
    if data[12:16] != b"VP8X":  # ours have a colour profile, and so the extended header
        raise UnsealableError
    chunk = b"XMP " + struct.pack("<I", len(packet)) + packet + b"\0" * (len(packet) % 2)
    flags = bytes([data[20] | HAS_XMP])
    size = struct.pack("<I", len(data) - 8 + len(chunk))
    return data[:4] + size + data[8:20] + flags + data[21:] + chunk
