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


def away(size: float, *points: tuple[float, float]) -> dict[str, Any]:
    return {"keep": False, "size": size, "points": [list(point) for point in points]}


def scene(slug: str, **others: Any) -> dict[str, Any]:
    return {"background": "scene", "scene": slug, **others}


TOWEL = [away(0.07, (0.0, y), (0.19 + (y - 0.55) / 8, y)) for y in (0.555, 0.59, 0.625, 0.66, 0.69)]
FLAT = {"background": "colour", "colour": "#ffffff", "shadow": "none", "strength": 0.4}
SQUARE = {**FLAT, "ratio": "1:1"}
# What the engine cannot do is shown beside the limits; all else that it cut out has to be right.
LIMITS = {"limit-glass"}
SPECS = {
    "cut-speckled-mug": ("remove-background", "mug-on-paper", {}, None),
    "limit-glass": ("remove-background", "glass-in-kitchen", {}, None),
    "enhance-watch": ("enhance-photo", "watch-in-workshop", {}, dark),
    "enhance-tote": ("enhance-photo", "tote-on-rug", {}, dark),
    "scene-mug": ("add-background", "mug-on-paper", scene("window-morning"), None),
    "scene-bottle": ("add-background", "bottle-on-paper", scene("window-olive"), None),
    "erase-towel": ("erase-object", "bottle-in-kitchen", {"strokes": TOWEL}, None),
    "expand-plant": ("expand-photo", "plant-by-wall", {}, None),
    "upscale-tea": ("enhance-photo", "tea-on-paper", {"size": "4"}, small),
    "marble-bottle": ("add-background", "bottle-on-paper", scene("marble-light"), None),
    "amazon-mug": ("add-background", "mug-on-paper", SQUARE, None),
    "etsy-mug": ("add-background", "mug-on-paper", scene("wood-oak"), None),
    "ebay-skirt": ("add-background", "skirt-on-carpet", FLAT, None),
    "taobao-hoodie": ("add-background", "hoodie-on-parquet", SQUARE, None),
    "instagram-mug": (
        "add-background",
        "mug-on-paper",
        scene("plaster-clay", ratio="4:5"),
        None,
    ),
    "cosmetics-soap": (
        "add-background",
        "bottle-on-paper",
        scene("podium-blush", ratio="4:5"),
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
    from tools.definition import registry
    from tools.storage import samples

    index = FOLDER / "index.json"
    rows = {row["name"]: row for row in json.loads(index.read_text())} if index.exists() else {}
    with tempfile.TemporaryDirectory() as steps:
        for name, (tool, sample, preset, worse) in SPECS.items():
            if (name not in wanted) if wanted else (name in rows):
                continue
            shown = samples.get_sample(sample)
            cuts = "matte" in registry.get_tool(tool).kinds()
            if cuts and name not in LIMITS and not shown.cut:
                sys.exit(f"{name}: {sample} is not cut out right (docs/samples.md)")
            data = photo(shown.path, worse)
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
