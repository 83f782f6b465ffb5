"""Two hundred files made to hurt, drawn by us: each contradicts itself, unfolds, or never ends."""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
from PIL import Image

File = tuple[str, bytes]


def saved(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    noise = np.random.default_rng(5).integers(0, 256, (size[1], size[0], 3), np.uint8)
    picture = Image.fromarray(noise).convert(mode)
    if form == "HEIF":
        import pillow_heif

        heif = pillow_heif.HeifFile()
        heif.add_from_pillow(picture)
        heif.save(out, quality=50)
    else:
        picture.save(out, form, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def ihdr(width: int, height: int, depth: int = 8, kind: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace))


def png(*parts: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def idat(size: int) -> bytes:
    return chunk(b"IDAT", zlib.compress(bytes(size), 9))


def pngs() -> Iterator[File]:
    few = idat((1 + 3 * 4) * 4)
    for side in (300, 6_000, 18_000, 60_000, 2**31 - 1):
        yield f"png-ihdr-twice-{side}", png(ihdr(4, 4), ihdr(side, side), few)
        yield f"png-ihdr-after-idat-{side}", png(ihdr(4, 4), few, ihdr(side, side), few)
        yield f"png-large-{side}", png(ihdr(side, side), few)
    for depth, kind in ((1, 0), (2, 0), (4, 3), (8, 3), (16, 0), (16, 2), (16, 4), (16, 6)):
        yield f"png-interlaced-{depth}-{kind}", png(ihdr(4_000, 4_000, depth, kind, 1), idat(2**22))
    for depth, kind in ((3, 0), (16, 3), (8, 1), (0, 2), (255, 6)):
        yield f"png-depth-{depth}-{kind}", png(ihdr(40, 40, depth, kind), idat(10_000))
    yield "png-short-rows", png(ihdr(4_000, 4_000), few)
    yield "png-long-rows", png(ihdr(4, 4), idat(50 << 20))
    yield "png-empty-idats", png(ihdr(4, 4), chunk(b"IDAT", b"") * 300_000, few)
    yield "png-small-idats", png(ihdr(4, 4), b"".join(chunk(b"IDAT", b"x") for _ in range(9_999)))
    for kind in (b"iCCP", b"zTXt", b"iTXt"):
        head = b"a\0\1\0\0\0" if kind == b"iTXt" else b"a\0\0"
        body = head + zlib.compress(bytes(40 << 20), 9)
        yield f"png-{kind.decode()}-bomb", png(ihdr(4, 4), chunk(kind, body), few)
    yield "png-no-palette", png(ihdr(40, 40, 8, 3), idat(2_000))
    yield "png-frames", png(ihdr(4, 4), chunk(b"acTL", struct.pack(">II", 2**31, 0)), few)
    yield "png-gamma-nought", png(ihdr(4, 4), chunk(b"gAMA", bytes(4)), few)
    yield "png-corners-nought", png(ihdr(4, 4), chunk(b"cHRM", bytes(32)), few)
    yield "png-strip", png(ihdr(2, 20_000), few)


def tiff(*entries: tuple[int, int, int, int], more: bytes = b"") -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + bytes(4) + more


def tiffs() -> Iterator[File]:
    packed = zlib.compress(bytes(1 << 20), 9)
    at = 8 + 2 + 12 * 11 + 4
    for side, compression in product((1_024, 8_192, 26_000, 65_535), (1, 5, 8, 32773)):
        entries = [
            (256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, compression),
            (262, 3, 1, 1), (277, 3, 1, 1), (322, 4, 1, side), (323, 4, 1, side),
            (324, 4, 1, at), (325, 4, 1, len(packed)), (339, 3, 1, 1),
        ]  # fmt: skip
        yield f"tiff-tile-{side}-{compression}", tiff(*entries, more=packed)
    plain = [(258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, at), (279, 4, 1, 9)]
    for side in (300, 9_000, 40_000):
        twice = (256, 4, 1, 64), (256, 4, 1, side), (257, 4, 1, 64), (257, 4, 1, side)
        yield f"tiff-size-twice-{side}", tiff(*twice, *plain, more=packed)
    for samples in (7, 255, 65_535):
        size = (256, 4, 1, 64), (257, 4, 1, 64)
        yield f"tiff-samples-{samples}", tiff(*size, *plain, (277, 3, 1, samples), more=packed)
    for rows in (0, 1, 2**31, 2**32 - 1):
        size = (256, 4, 1, 64), (257, 4, 1, 64)
        yield f"tiff-rows-{rows}", tiff(*size, *plain, (278, 4, 1, rows), more=packed)
    yield (
        "tiff-strips",
        tiff((256, 4, 1, 9), (257, 4, 1, 9), (273, 4, 2**31, 8), (279, 4, 2**31, 8)),
    )


def heifs() -> Iterator[File]:
    for form, side in product(("AVIF", "HEIF"), (65, 100, 300, 3_000, 6_900, 13_000, 2**31)):
        data = saved(form, (64, 64))
        said = b"ispe\0\0\0\0" + struct.pack(">II", 64, 64)
        other = b"ispe\0\0\0\0" + struct.pack(">II", side, side)
        yield f"{form.lower()}-ispe-{side}", data.replace(said, other)
        yield f"{form.lower()}-ispe-wide-{side}", data.replace(said, other[:12] + said[12:])
    for form in ("AVIF", "HEIF"):
        data = saved(form, (64, 64))
        for name, before, after in (
            ("kind", b"infe\2\0\0\0\0\1\0\0", b"infe\2\0\0\0\0\2\0\0"),
            ("iloc", b"iloc\0", b"iloc\2"),
            ("grid", b"av01Color" if form == "AVIF" else b"hvc1\0", b"gridColor"[:9]),
            ("overlay", b"av01Color" if form == "AVIF" else b"hvc1\0", b"iovlColor"[:9]),
            ("identity", b"av01Color" if form == "AVIF" else b"hvc1\0", b"idenColor"[:9]),
            ("links", b"ipma", b"ipmx"),
            ("primary", b"pitm\0\0\0\0\0\1", b"pitm\0\0\0\0\0\7"),
            ("no-data", b"mdat", b"free"),
        ):
            yield f"{form.lower()}-{name}", data.replace(before, after[: len(before)], 1)
        for cut in (0.3, 0.6, 0.9):
            yield f"{form.lower()}-cut-{cut}", data[: int(len(data) * cut)]
    for wide, high in ((100, 100), (1, 1), (4_000, 4_000)):
        yield f"avif-clap-{wide}", with_crop(saved("AVIF", (64, 64)), wide, high)


def with_crop(avif: bytes, width: int, height: int) -> bytes:
    """The AVIF with a clean aperture about its middle: a property more, and a link to it."""
    clap = struct.pack(">I4s8I", 40, b"clap", width, 1, height, 1, 0, 1, 0, 1)
    ipco, ipma = avif.index(b"ipco"), avif.index(b"ipma")
    size = int.from_bytes(avif[ipco - 4 : ipco], "big")
    count = avif[ipma + 4 + 4 + 4 + 2]
    properties = 0
    at = ipco + 4
    while at < ipco - 4 + size:
        at += int.from_bytes(avif[at : at + 4], "big")
        properties += 1
    out = bytearray(avif)
    link = ipma + 4 + 4 + 4 + 2
    out[link + 1 + count : link + 1 + count] = bytes((properties + 1,))
    out[link] = count + 1
    out[ipco - 4 + size : ipco - 4 + size] = clap
    for kind, more in ((b"meta", 41), (b"iprp", 41), (b"ipco", 40), (b"ipma", 1)):
        place = out.index(kind) - 4
        grown = int.from_bytes(out[place : place + 4], "big") + more
        out[place : place + 4] = struct.pack(">I", grown)
    # The data lies 41 bytes further back.
    iloc = out.index(b"iloc")
    where = out.index(struct.pack(">I", avif.index(b"mdat") + 4), iloc)
    out[where : where + 4] = struct.pack(">I", avif.index(b"mdat") + 4 + 41)
    return bytes(out)


def riff(*parts: bytes) -> bytes:
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def vp8x(width: int, height: int, flags: int = 0) -> bytes:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"VP8X" + struct.pack("<II", 10, flags) + sides


def webps() -> Iterator[File]:
    for lossless in (False, True):
        frame = saved("WEBP", lossless=lossless)[12:]
        name = "lossless" if lossless else "lossy"
        for side in (65, 500, 8_000, 16_383):
            yield f"webp-{name}-canvas-{side}", riff(vp8x(side, side), frame)
            yield f"webp-{name}-two-{side}", riff(vp8x(64, 48), vp8x(side, side), frame)
            moved = b"ANMF" + struct.pack("<I", 16 + len(frame))
            place = b"".join(n.to_bytes(3, "little") for n in (0, 0, side - 1, side - 1, 40))
            animated = vp8x(side, side, 2) + b"ANIM" + struct.pack("<I", 6) + bytes(6)
            yield f"webp-{name}-frame-{side}", riff(animated, moved + place + b"\0" + frame)
        yield f"webp-{name}-twice", riff(vp8x(64, 48), frame, frame)
        yield f"webp-{name}-cut", riff(vp8x(64, 48), frame)[:-40]


def jpegs() -> Iterator[File]:
    whole = saved("JPEG", (640, 480), progressive=True)
    scan = whole[whole.index(b"\xff\xda") : -2]
    for times in (10, 60, 1_000):
        yield f"jpeg-scans-{times}", whole[:-2] + scan * times + b"\xff\xd9"
    frame = whole.index(b"\xff\xc2")
    for side in (2, 481, 8_000, 30_000, 65_500):
        size = struct.pack(">HH", side, side)
        other = whole[:frame] + whole[frame : frame + 5] + size + whole[frame + 9 :]
        yield f"jpeg-size-{side}", other
        second = whole[frame : frame + 5] + size + whole[frame + 9 : frame + 19]
        yield f"jpeg-two-frames-{side}", whole[:frame] + second + whole[frame:]
        yield f"jpeg-late-frame-{side}", whole[:-2] + second + b"\xff\xd9"
    for times in (10, 300_000):
        yield f"jpeg-segments-{times}", whole[:2] + b"\xff\xe9\0\2" * times + whole[2:]
        yield f"jpeg-junk-{times}", whole[:2] + b"\0" * times + whole[2:]
        yield f"jpeg-fill-{times}", whole[:2] + b"\xff" * times + whole[2:]
    for part in (0.1, 0.5, 0.9):
        cut = whole[: int(len(whole) * part)]
        yield f"jpeg-cut-{part}", cut
        yield f"jpeg-cut-ended-{part}", cut + b"\xff\xd9"
        yield f"jpeg-cut-noughts-{part}", cut + bytes(len(whole) - len(cut))


def others() -> Iterator[File]:
    for side in (1_000, 9_000, 65_535):
        head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
        frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x02\x84\x51\0"
        yield f"gif-frame-{side}", head + frame + b";"
    yield "gif-blocks", head + b"\x21\xfe" + b"\1a" * 300_000 + b"\0;"
    for side, depth, packing in product((1_000, 7_000), (1, 8, 24, 32), (0, 1, 3)):
        numbers = struct.pack("<IIiiHHIIiiII", 54, 40, side, side, 1, depth, packing, 0, 0, 0, 0, 0)
        yield f"bmp-{side}-{depth}-{packing}", b"BM" + bytes(8) + numbers + bytes(500)


@cache
def list_files() -> list[File]:
    return [*pngs(), *tiffs(), *heifs(), *webps(), *jpegs(), *others()]
