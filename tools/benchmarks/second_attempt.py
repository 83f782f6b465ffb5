"""Second-attempt benchmark: the first attempt at a photo and the second, which changes only the background."""

import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tools.definition import registry
from tools.pipeline import engines, ops
from tools.pipeline.graph import make_source
from tools.pipeline.intake import decode, digest
from tools.pipeline.pixels import Rgb
from tools.pipeline.run import Run
from tools.pipeline.scenes import draw
from tools.pipeline.scenes.surfaces.texture_cache import textures
from tools.pipeline.store import StepStore
from tools.rendering import local
from tools.storage import samples

SIZES = ("preview", "full")
SCENES = ("studio-warm", "marble-light", "wood-oak", "linen-natural")
STORE_BYTES = 4_000_000_000


def measure(*, megapixels: float = 12) -> list[dict[str, Any]]:
    """Seconds of the first attempt and of later ones with other scenes, as the page shows them
    (preview) and at full size, each in a step store of its own that is empty at the first.

    The scenes' surfaces are there, as a server makes them ahead when it is idle. What a scene takes
    whose surfaces are still to be made is said beside ("unready").
    """
    photo = large(megapixels)
    rows = []
    for size in SIZES:
        unready = [apart(photo, scene, size) for scene in SCENES[1:]]
        for scene in SCENES:
            drawn(photo, scene, size)
        with tempfile.TemporaryDirectory() as folder:
            seconds = [attempt(photo, scene, size, Path(folder)) for scene in SCENES]
        again = float(np.median(seconds[1:]))
        share = {"first": seconds[0], "again": again, "share": again / seconds[0]}
        slow = {"unready": float(np.median(unready))}
        rows.append({"size": size, "megapixels": megapixels, **share, **slow})
    return rows


def apart(photo: Rgb, scene: str, size: str) -> float:
    """Seconds of the scene alone at this size, when no surface is made yet."""
    textures.recent.clear()
    begun = time.perf_counter()
    drawn(photo, scene, size)
    return time.perf_counter() - begun


def drawn(photo: Rgb, scene: str, size: str) -> None:
    height, width = photo.shape[:2]
    if size == "preview":
        width, height = ops.read_size(ops.make_proxy(make_source("", width, height)))
    draw.draw_scene(slug=scene, width=width, height=height)


def large(megapixels: float) -> Rgb:
    """A photo of ours at another size."""
    first = next(iter(samples.load_samples().values()))
    pixels = decode.decode_photo(first.path).pixels
    scale = (megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    scaled = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return Rgb(np.asarray(scaled, np.uint8))


def attempt(photo: Rgb, scene: str, size: str, folder: Path) -> float:
    tool = registry.get_tool("add-background")
    name = digest.digest_pixels(photo)
    run = Run(
        engines.choose_engines(tool.kinds(), {}),
        StepStore(folder, STORE_BYTES),
        source=lambda wanted: photo,  # noqa: ARG005  there is but one
    )
    whole = make_source(name, photo.shape[1], photo.shape[0])
    params = local.parse_parameters(tool, [f"scene={scene}"])
    node = tool.build(ops.make_proxy(whole) if size == "preview" else whole, params)
    begun = time.perf_counter()
    run.value(node)
    return time.perf_counter() - begun
