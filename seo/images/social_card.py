"""Social card: draws the picture that stands for a page where it is shared. For workers: this loads Pillow."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps
from PIL.ImageFont import FreeTypeFont

from seo.models import Version
from seo.public import example_pairs, page_queries, social_card_path
from tools.queue import background
from tools.storage import files
from tools.storage import samples as sample_photos

SIZE = (1200, 630)
PAPER, SHEET, INK, SOFT = "#f6f4ef", "#fffefb", "#16150f", "#5c594e"
MARGIN = 64
PICTURE = (646, 44, 1156, 586)  # the sheet on the right
LATIN = sample_photos.FOLDER.parent / "fonts" / "instrument-sans.woff2"
# Where systems keep a font for Chinese, Japanese and Korean; without one a card has no words.
EASTERN = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
FACES = {"ja": 0, "ko": 1, "zh-hans": 2, "zh-hant": 3}  # in Noto's collections
AT_ONCE = 40
LARGEST, SMALLEST = 76, 40


def draw_missing_cards() -> int:
    """Draw cards that live pages have not got, until somebody waits for a worker; return how many.

    However busy the site is, one at least.
    """
    done = 0
    with background.hold_alone("cards") as ours:
        there = page_queries.live_versions().filter(has_card=False, page__removed=None)
        for version in there.select_related("page")[: AT_ONCE if ours else 0]:
            files.write_file(social_card_path.social_card_path(version.pk), drawn(version))
            # Not by `objects`: nothing that the page shows has changed.
            Version._base_manager.filter(pk=version.pk).update(has_card=True)  # noqa: SLF001  Django's name
            done += 1
            if background.somebody_waits():
                break
    return done


def drawn(version: Version) -> bytes:
    """The page's heading beside its first picture, as PNG."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    font = face(version.page.locale)
    picture = first(version)
    if font is None and picture is not None:
        lay(card, picture, (MARGIN, 44, SIZE[0] - MARGIN, 586))
    else:
        if picture is not None:
            lay(card, picture, PICTURE)
        if font is not None:
            write(pen, version.h1, font, version.page.locale)
    buffer = io.BytesIO()
    card.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def first(version: Version) -> Image.Image | None:
    """The result of the page's first example, or its first sample."""
    for item in (row for row in version.examples if not row.get("limit")):
        name = example_pairs.example_path(item["name"], "after.webp")
        if files.file_exists(name):
            return Image.open(io.BytesIO(files.read_file(name)))
    there = sample_photos.load_samples()
    for name in [*version.samples, *there]:
        if name in there:
            return Image.open(there[name].path)
    return None


def lay(card: Image.Image, picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Put the picture into the box, with round corners."""
    size = box[2] - box[0], box[3] - box[1]
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 28, 255)
    card.paste(ImageOps.fit(picture.convert("RGB"), size), box[:2], mask)


def write(pen: ImageDraw.ImageDraw, words: str, font: FreeTypeFont, locale: str) -> None:
    """The heading as large as it fits, and our name under it."""
    room = PICTURE[0] - 2 * MARGIN
    for size in range(LARGEST, SMALLEST - 1, -4):
        fitting = font.font_variant(size=size)
        heavy(fitting)
        lines = broken(words, fitting, room, by_sign=locale in FACES)
        if len(lines) * size * 1.1 <= 400:  # noqa: PLR2004  what is left above our name
            break
    for number, line in enumerate(lines):
        pen.text((MARGIN, MARGIN + number * size * 1.1), line, INK, font=fitting)
    name = latin().font_variant(size=34)
    heavy(name)
    pen.text((MARGIN, SIZE[1] - MARGIN - 40), "Packshot", SOFT, font=name)


def broken(words: str, font: FreeTypeFont, room: int, *, by_sign: bool) -> list[str]:
    """The text in lines that fit; what is written without spaces breaks anywhere."""
    parts = list(words) if by_sign and " " not in words else words.split(" ")
    glue = "" if parts == list(words) else " "
    lines = [parts[0]]
    for part in parts[1:]:
        longer = lines[-1] + glue + part
        if font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def face(locale: str) -> FreeTypeFont | None:
    if locale not in FACES:
        return latin()
    path = next((path for path in EASTERN if Path(path).exists()), None)
    if path is None:
        return None
    number = FACES[locale] if "Noto" in path else 0
    return ImageFont.truetype(path, LARGEST, index=number)


@cache
def latin() -> FreeTypeFont:
    return ImageFont.truetype(LATIN, LARGEST)


def heavy(font: FreeTypeFont) -> None:
    """Headings are semi-bold where the font can be."""
    if font.path == LATIN or str(font.path) == str(LATIN):
        font.set_variation_by_axes([620])
