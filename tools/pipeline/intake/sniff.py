"""What a file is by its first bytes, and what its name and type claim."""

import re
from pathlib import PurePath
from typing import Literal, get_args

from tools.pipeline.intake.errors import (
    EmptyError,
    NotAnImageError,
    PdfError,
    SvgError,
    TypeMismatchError,
)
from tools.pipeline.intake.window import Window

Format = Literal["jpeg", "png", "webp", "avif", "heic", "tiff", "bmp", "gif"]

FORMATS: frozenset[str] = frozenset(get_args(Format))
HEAD = 4096

EXTENSIONS: dict[str, str] = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".jpe": "jpeg", ".jfif": "jpeg", ".pjpeg": "jpeg",
    ".png": "png", ".apng": "png",
    ".webp": "webp",
    ".avif": "avif", ".avifs": "avif",
    ".heic": "heic", ".heif": "heic", ".hif": "heic", ".heics": "heic",
    ".tif": "tiff", ".tiff": "tiff",
    ".bmp": "bmp", ".dib": "bmp",
    ".gif": "gif",
    ".svg": "svg", ".svgz": "svg", ".pdf": "pdf", ".ico": "ico", ".psd": "psd",
    ".html": "html", ".js": "js", ".exe": "exe", ".zip": "zip", ".mp4": "mp4", ".mov": "mov",
}  # fmt: skip

TYPES: dict[str, str] = {
    "image/jpeg": "jpeg", "image/jpg": "jpeg", "image/pjpeg": "jpeg",
    "image/png": "png", "image/x-png": "png", "image/apng": "png",
    "image/webp": "webp",
    "image/avif": "avif", "image/avif-sequence": "avif",
    "image/heic": "heic", "image/heif": "heic",
    "image/heic-sequence": "heic", "image/heif-sequence": "heic",
    "image/tiff": "tiff", "image/x-tiff": "tiff",
    "image/bmp": "bmp", "image/x-bmp": "bmp", "image/x-ms-bmp": "bmp",
    "image/gif": "gif",
    "image/svg+xml": "svg",
}  # fmt: skip

# Types by which a browser says that it does not know.
SILENT = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})

AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
)


def check_format(window: Window, *, name: str | None, declared_type: str | None) -> Format:
    """The format, or why this is not one: `EmptyError`, `SvgError`, `PdfError`,
    `NotAnImageError`, and `TypeMismatchError` where name or type say that it is no picture.
    """
    if window.size == 0:
        raise EmptyError
    head = window.head(HEAD)
    found = by_magic(head)
    if found is None:
        if b"%PDF-" in head[:1024]:
            raise PdfError
        if _is_svg(head):
            raise SvgError
        raise NotAnImageError
    # Which of the formats it is the bytes say, as to a browser; names are often wrong.
    if any(claim not in FORMATS for claim in claims(name, declared_type)):
        raise TypeMismatchError
    return found


def by_magic(head: bytes) -> Format | None:
    found: Format | None = None
    if head.startswith(b"\xff\xd8\xff"):
        found = "jpeg"
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = "png"
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "webp"
    elif head[:6] in {b"GIF87a", b"GIF89a"}:
        found = "gif"
    elif head[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        found = "tiff"
    elif head[:2] == b"BM":
        found = "bmp"
    elif head[4:8] == b"ftyp":
        found = _by_brand(head)
    return found


def claims(name: str | None, declared_type: str | None) -> list[str]:
    """What name and type say the file is; nothing for those that say nothing."""
    said = []
    extension = PurePath(name or "").suffix.lower()
    if extension in EXTENSIONS:
        said.append(EXTENSIONS[extension])
    declared = (declared_type or "").partition(";")[0].strip().lower()
    if declared in TYPES:
        said.append(TYPES[declared])
    elif declared not in SILENT and not declared.startswith("image/"):
        said.append(declared)
    return said


def _by_brand(head: bytes) -> Format | None:
    length = min(int.from_bytes(head[:4], "big"), 256)
    # The major brand first, then (after the minor version) the compatible ones.
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    if AVIF_BRANDS.intersection(brands):
        return "avif"
    return "heic" if HEIC_BRANDS.intersection(brands) else None


def _is_svg(head: bytes) -> bool:
    coding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = head.decode(coding, errors="replace").lstrip().lower()
    return text.startswith("<") and re.search(r"<(\w+:)?svg[\s>]", text) is not None
