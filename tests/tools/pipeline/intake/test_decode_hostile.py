"""Files made to hurt: written byte by byte, for no encoder would."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tools.pipeline.intake import decode, errors, header


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(rows or bytes((1 + 3 * 4) * 4)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixels + chunk(b"IEND", b"")


def gif(frames: int, screen: tuple[int, int] = (8, 8), at: tuple[int, int] = (0, 0)) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", *at, 8, 8, 0) + b"\x02\x02\x84\x51\0"
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def tiff(*entries: tuple[int, int, int, int], after: int = 0) -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", after)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def heic(width: int, height: int, *, samples: int = 0) -> bytes:
    size = box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    link = box(b"ipma", bytes(4) + struct.pack(">IHBB", 1, 1, 1, 1))
    inner = box(b"pitm", bytes(4) + b"\0\1") + box(b"iprp", box(b"ipco", size) + link)
    table = box(b"stsz", bytes(8) + struct.pack(">I", samples))
    for kind in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        table = box(kind, table)
    brand = box(b"ftyp", b"heic\0\0\0\0heic")
    return brand + box(b"meta", bytes(4) + inner) + (table if samples else b"")


def webp(canvas: tuple[int, int], frames: int) -> bytes:
    wide, high = ((side - 1).to_bytes(3, "little") for side in canvas)
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\2\0\0\0" + wide + high
    body += (b"ANMF" + struct.pack("<I", 16) + bytes(16)) * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg(width: int, height: int, scans: int = 0) -> bytes:
    frame = b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", height, width) + b"\1\1\x11\0"
    scan = b"\xff\xda\0\x08\1\1\0\0\0\0"
    return b"\xff\xd8" + frame + scan * scans + b"\xff\xd9"


HUGE = 60_000
PLAIN = ((256, 4, 1, 8), (257, 4, 1, 8))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (png(HUGE, HUGE), "bomb"),
        (png(2**31 - 1, 2**31 - 1), "bomb"),
        (png(10_000, 10_000), "too-many-pixels"),
        (png(0, 8), "too-small"),
        (png(2, 20_000), "too-narrow"),
        (jpeg(17_000, 110), "too-narrow"),
        (jpeg(HUGE, HUGE), "bomb"),
        (jpeg(0, 100), "too-small"),
        (webp((16_384, 16_383), 1), "bomb"),
        (heic(HUGE, HUGE), "bomb"),
        (gif(1, screen=(65_535, 65_535)), "bomb"),
        (gif(1, at=(65_000, 65_000)), "bomb"),
        (tiff((256, 4, 1, HUGE), (257, 4, 1, HUGE)), "bomb"),
        (
            b"BM" + bytes(8) + struct.pack("<IIiiHHI", 54, 40, HUGE, -HUGE, 1, 24, 0) + bytes(20),
            "bomb",
        ),
        (png(4, 4, chunk(b"acTL", struct.pack(">II", 10_000, 0))), "too-many-frames"),
        (gif(10_000), "too-many-frames"),
        (webp((100, 100), 10_000), "too-many-frames"),
        (heic(100, 100, samples=10_000), "too-many-frames"),
        (png(4, 4, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(40 << 20)))), "bomb"),
        (png(4, 4, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(40 << 20)))), "bomb"),
        (png(4, 4, chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(40 << 20)))), "bomb"),
        (png(4, 4, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(5 << 20)))] * 8), "bomb"),
        (png(4, 4, chunk(b"aaAa", b"") * 300_000), "bomb"),
        (b"\xff\xd8" + b"\xff\xe9\0\2" * 300_000, "bomb"),
        (b"\xff\xd8" + b"\xff" * 300_000, "bomb"),
        (gif(0)[:-1] + b"\x21\xfe" + b"\1a" * 300_000 + b"\0;", "bomb"),
        (tiff(*PLAIN, after=8), "damaged"),
        (tiff(*PLAIN, (273, 4, 2**32 - 1, 8), (279, 4, 2**32 - 1, 8)), "bomb"),
        (tiff(*PLAIN, (273, 4, 1, 2**31), (279, 4, 1, 2**31)), "truncated"),
        (b"II*\0\x08\0\0\0\xff\xff", "truncated"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "damaged"),
        (b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\1meta" + struct.pack(">Q", 2**60), "truncated"),
        (b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\1meta" + struct.pack(">Q", 3), "damaged"),
    ],
)
def test_a_hostile_header_is_refused_by_name(data, named):
    with pytest.raises(errors.RefusedError) as caught:
        header.read_header(io.BytesIO(data))
    assert caught.value.id == named


def test_a_large_tile_behind_a_small_picture_is_refused():
    small = box(b"ispe", bytes(4) + struct.pack(">II", 64, 64))
    large = box(b"ispe", bytes(4) + struct.pack(">II", HUGE, HUGE))
    link = box(b"ipma", bytes(4) + struct.pack(">IHBB", 1, 1, 1, 1))
    inner = box(b"pitm", bytes(4) + b"\0\1") + box(b"iprp", box(b"ipco", small + large) + link)
    data = box(b"ftyp", b"heic\0\0\0\0heic") + box(b"meta", bytes(4) + inner)
    with pytest.raises(errors.TooManyPixelsError):
        header.read_header(io.BytesIO(data))


def test_a_jpeg_of_a_thousand_passes_is_a_bomb():
    with pytest.raises(errors.BombError):
        decode.decode_photo(jpeg(4_000, 4_000, scans=1_000))


def test_texts_never_reach_the_decoder():
    """Pillow refuses texts of over a megabyte; editors' histories are longer than that."""
    text = chunk(b"zTXt", b"Raw profile type xmp\0\0" + zlib.compress(b"history " * 400_000))
    assert decode.decode_photo(png(4, 4, text)).pixels.shape == (4, 4, 3)


def test_a_picture_that_holds_more_rows_than_it_says_is_cut_off():
    data = png(4, 4, rows=bytes(20 << 20))
    assert decode.decode_photo(data).pixels.shape == (4, 4, 3)


def test_a_photo_with_something_appended_is_still_a_photo(quarters, saved):
    data = saved(quarters, "JPEG") + b"PK\3\4" + bytes(5_000)
    assert decode.decode_photo(data).pixels.shape == (48, 64, 3)


def test_a_gif_cut_after_its_first_frame_is_a_photo(saved):
    others = [Image.new("RGB", (64, 48), "blue")]
    data = saved(Image.new("RGB", (64, 48), "red"), "GIF", save_all=True, append_images=others)
    assert decode.decode_photo(data[:-8]).pixels[0, 0, 0] > 200
