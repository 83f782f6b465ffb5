"""The decoder's own process: `python -m tools.pipeline.intake.decoder`, started by `apart`.

It reads limits and a file from its standard input, and writes what it has found, or why it is
refused, and the pixels. Everything that it will ever need is loaded before it gives up the rest.
"""

import gc
import json
import os
import sys
from importlib import import_module

import numpy as np
import pillow_heif
from PIL import ImageCms

from tools.pipeline.intake import apart, colour, confinement, decode, hdr
from tools.pipeline.intake.errors import RefusedError
from tools.pipeline.intake.limits import Limits

# What Python and Pillow would load later, when it is too late.
LATER = ("encodings.idna", "encodings.latin_1", "encodings.ascii", "encodings.utf_16", "encodings.utf_16_le",
         "encodings.utf_16_be", "encodings.utf_8_sig",
    "encodings.cp437", "PIL.TiffTags", "PIL.MpoImagePlugin", "PIL.GimpGradientFile",
         "PIL.ExifTags", "PIL.ImageSequence", "PIL.ImageChops", "PIL.ImagePalette", "PIL.ImageMath", "traceback",
         "linecache", "numpy.linalg", "tempfile", "zlib", "fractions", "decimal")  # fmt: skip


def main(allowance: apart.Allowance) -> None:
    for name in LATER:
        import_module(name)
    rehearse()
    confinement.limit_memory(allowance.megabytes)
    confinement.give_up_calls()
    # Pictures are what is large here, and they are let go one by one.
    gc.freeze()
    while (said := receive()) is not None:
        # Before a byte of the file is looked at.
        confinement.limit_seconds(allowance.cpu_seconds)
        answer(receive() or b"", Limits(**json.loads(said)))


def rehearse() -> None:
    """Have the libraries open what they open once: profiles, tables, plug-ins."""
    colour.srgb()
    ImageCms.createProfile("LAB")
    for transfer in hdr.CURVES:
        hdr.tone_map(np.zeros((8, 8, 4), np.uint16), 9, transfer)
    pillow_heif.libheif_info()


def answer(data: bytes, limits: Limits) -> None:
    try:
        decoded = decode.decode_photo(data, limits=limits)
    except RefusedError as refusal:
        send(json.dumps({"refused": refusal.id}).encode())
        return
    except Exception as error:  # noqa: BLE001  it ends with whoever asked, and this process lives on
        send(json.dumps({"failed": type(error).__name__}).encode())
        return
    send(json.dumps(apart.describe(decoded)).encode())
    write(memoryview(np.ascontiguousarray(decoded.pixels).data).cast("B"))


def receive() -> bytes | None:
    """The next message; None when nobody will send one any more."""
    head = read(apart.LENGTH.size)
    return None if len(head) < apart.LENGTH.size else read(apart.LENGTH.unpack(head)[0])


def read(length: int) -> bytes:
    return sys.stdin.buffer.read(length)


def send(data: bytes) -> None:
    write(memoryview(apart.LENGTH.pack(len(data)) + data))


def write(data: memoryview) -> None:
    while data:
        data = data[os.write(1, data[: apart.PIECE]) :]


if __name__ == "__main__":
    main(apart.Allowance(**json.loads(sys.argv[1])))
