"""Makes the pairs of pictures of the starter pages, from our own samples and by our own pipeline.

    python scripts/make_examples.py [NAME …]     # those named, or those that are missing

They go to seo/starter/examples/, a folder each, and `index.json` says how each was made and what
was measured. A photo for enhancing is first made worse, as the page says beside it.
"""

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import django
import numpy as np
from numpy.typing import NDArray
from PIL import Image

ROOT = Path(__file__).parents[1]
Pixels = NDArray[np.uint8]
FOLDER = ROOT / "seo" / "starter" / "examples"


def dark(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A phone's photo of a dim room: 1.3 stops too dark, with grain."""
    light = (pixels / 255.0) ** 2.2 * 2**-1.3
    return np.clip(light ** (1 / 2.2) * 255 + rng.normal(0, 7, pixels.shape), 0, 255).astype(
        np.uint8
    )


def small(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001  as the others
    """A quarter of the width: what an old shop system kept."""
    height, width = pixels.shape[:2]
    part = pixels[height // 5 : height * 4 // 5, width // 5 : width * 4 // 5]
    return cv2.resize(
        part, (360, round(360 * part.shape[0] / part.shape[1])), interpolation=cv2.INTER_AREA
    )


def keep(size: float, *points: tuple[float, float]) -> dict[str, Any]:
    return {"keep": True, "size": size, "points": [list(point) for point in points]}


def away(size: float, *points: tuple[float, float]) -> dict[str, Any]:
    return {**keep(size, *points), "keep": False}


def scene(slug: str, **others: Any) -> dict[str, Any]:
    return {"background": "scene", "scene": slug, **others}


TOWEL = [away(0.07, (0.0, y), (0.19 + (y - 0.55) / 8, y)) for y in (0.555, 0.59, 0.625, 0.66, 0.69)]
CUPS = [keep(0.06, (0.3, 0.45), (0.32, 0.6)), keep(0.06, (0.6, 0.62), (0.66, 0.75))]
BOTTLE = [
    keep(0.1, (0.5, 0.36), (0.5, 0.72)),
    keep(0.03, (0.4, 0.245), (0.5, 0.24), (0.5, 0.36)),
    away(0.03, (0.41, 0.29), (0.42, 0.31)),
]
WHITE = {"background": "colour", "colour": "#ffffff", "shadow": "soft", "strength": 0.4}
SQUARE = {**WHITE, "ratio": "1:1", "shadow": "none"}
SPECS = {
    "cut-mug": ("remove-background", "mug-on-shelf", {}, None),
    "cut-watch": ("remove-background", "watch-in-workshop", {}, None),
    "enhance-watch": ("enhance-photo", "watch-in-workshop", {}, dark),
    "enhance-tote": ("enhance-photo", "tote-on-rug", {}, dark),
    "scene-tote": ("add-background", "tote-on-rug", scene("window-olive"), None),
    "scene-mug": ("add-background", "mug-on-paper", scene("window-morning"), None),
    "erase-towel": ("erase-object", "bottle-in-kitchen", {"strokes": TOWEL}, None),
    "expand-plant": ("expand-photo", "plant-by-wall", {}, None),
    "white-headphones": ("add-background", "headphones-on-paper", {**WHITE, "strokes": CUPS}, None),
    "upscale-tea": ("enhance-photo", "tea-on-paper", {"size": "4"}, small),
    "marble-mug": ("add-background", "mug-on-shelf", scene("marble-light"), None),
    "amazon-mug": ("add-background", "mug-on-paper", SQUARE, None),
    "etsy-mug": ("add-background", "mug-on-paper", scene("wood-oak"), None),
    "ebay-watch": ("add-background", "watch-in-workshop", WHITE, None),
    "taobao-tote": ("add-background", "tote-on-paper", SQUARE, None),
    "instagram-tote": ("add-background", "tote-on-rug", scene("plaster-clay", ratio="4:5"), None),
    "jewellery-watch": (
        "add-background",
        "watch-on-desk",
        scene("marble-black", reflection=0.25),
        None,
    ),
    "cosmetics-bottle": (
        "add-background",
        "bottle-on-paper",
        scene("podium-blush", ratio="4:5", strokes=BOTTLE),
        None,
    ),
}


def photo(path: Path, worse: Callable[[Pixels, np.random.Generator], Pixels] | None) -> bytes:
    """The sample's bytes, or those of a worse copy of it."""
    if worse is None:
        return path.read_bytes()
    pixels = worse(np.asarray(Image.open(path).convert("RGB")), np.random.default_rng(7))
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def main(wanted: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")
    django.setup()
    from seo.images import example_images
    from tools.storage import samples

    index = FOLDER / "index.json"
    rows = {row["name"]: row for row in json.loads(index.read_text())} if index.exists() else {}
    with tempfile.TemporaryDirectory() as steps:
        for name, (tool, sample, preset, worse) in SPECS.items():
            if (name not in wanted) if wanted else (name in rows):
                continue
            data = photo(samples.get_sample(sample).path, worse)
            row, pictures = example_images.make_example(name, data, tool, preset, {}, Path(steps))
            folder = FOLDER / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for file, content in pictures.items():
                (folder / file).write_bytes(content)
            fields = ("name", "tool", "preset", "engines", "width", "height", "figures")
            rows[name] = {field: getattr(row, field) for field in fields}
            print(name, row.figures, {file: len(content) for file, content in pictures.items()})
    ordered = [rows[name] for name in SPECS if name in rows]
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder.name not in SPECS:
            shutil.rmtree(folder)
    index.write_text(json.dumps(ordered, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
