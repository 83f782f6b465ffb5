"""From raw renders to the files of the site and its tests."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from scripts.render_samples.samples import Sample

REPOSITORY = Path(__file__).parents[2]
PICTURES = REPOSITORY / "tools/static/tools/samples"
MATTES = REPOSITORY / "tests/data/samples"
LARGEST = 450_000
THUMB = 176


def publish(sample: Sample, folder: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    MATTES.mkdir(parents=True, exist_ok=True)
    matte = Image.open(folder / f"{sample.name}.matte.png").getchannel("A")
    photo = with_grain(Image.open(folder / f"{sample.name}.png").convert("RGB"), sample.name)
    save_jpeg(photo, PICTURES / f"{sample.name}.jpg")
    small = thumbnail(photo, matte)
    small.save(PICTURES / f"{sample.name}.thumb.webp", quality=82, method=6)
    small.save(PICTURES / f"{sample.name}.thumb.avif", quality=66, speed=2)
    matte.save(MATTES / f"{sample.name}.alpha.png", optimize=True)


def with_grain(photo: Image.Image, name: str, amount: float = 1.3) -> Image.Image:
    """A camera's noise: the denoiser leaves surfaces cleaner than any photograph is."""
    pixels = np.asarray(photo, np.float32)
    seed = int.from_bytes(name.encode()[:8], "big")
    noise = np.random.default_rng(seed).normal(0, amount, (*pixels.shape[:2], 1))
    return Image.fromarray((pixels + noise).round().clip(0, 255).astype(np.uint8))


def save_jpeg(photo: Image.Image, path: Path) -> None:
    for quality in (91, 89, 87, 85, 82, 78):
        photo.save(path, quality=quality, subsampling="4:4:4", optimize=True, progressive=True)
        if path.stat().st_size <= LARGEST:
            return


def thumbnail(photo: Image.Image, matte: Image.Image) -> Image.Image:
    """A square around the product with some air."""
    left, top, right, bottom = matte.point(lambda value: 255 * (value > 127)).getbbox()
    side = min(int(max(right - left, bottom - top) * 1.25), *photo.size)
    x = min(max((left + right - side) // 2, 0), photo.width - side)
    y = min(max((top + bottom - side) // 2, 0), photo.height - side)
    return photo.resize((THUMB, THUMB), Image.Resampling.LANCZOS, box=(x, y, x + side, y + side))


def index(samples: Iterable[Sample]) -> None:
    """List the samples that have been published."""
    rows = [
        {
            "name": sample.name,
            "file": f"{sample.name}.jpg",
            "width": sample.size[0],
            "height": sample.size[1],
            "title": sample.title,
            "alt": sample.alt,
            "set": sample.kind,
            "category": sample.category,
        }
        for sample in samples
        if (PICTURES / f"{sample.name}.jpg").exists()
    ]
    (PICTURES / "index.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
