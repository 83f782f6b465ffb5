"""From raw renders to the files of the site and its tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:  # the list of samples asks for Blender
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
    publish_matte(sample.name, photo, matte)


def publish_matte(name: str, photo: Image.Image, matte: Image.Image) -> None:
    """The true alpha of a photo, and its thumbnails around what that says is the product."""
    small = thumbnail(photo, matte)
    small.save(PICTURES / f"{name}.thumb.webp", quality=82, method=6)
    small.save(PICTURES / f"{name}.thumb.avif", quality=66, speed=2)
    matte.save(MATTES / f"{name}.alpha.png", optimize=True)


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
    """List the samples that have been published; photographs (`scripts.cut_by_hand`), and whether
    an engine cuts one out right, stay as they are in the list.
    """
    path = PICTURES / "index.json"
    before = {row["name"]: row for row in json.loads(path.read_text("utf-8"))}
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
            "cut": before.get(sample.name, {}).get("cut", False),
            "source": "",
        }
        for sample in samples
        if (PICTURES / f"{sample.name}.jpg").exists()
    ]
    rows += [row for row in before.values() if row["source"]]
    path.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
