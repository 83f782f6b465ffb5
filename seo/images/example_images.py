"""Example images: makes the pairs that pages show, with the pipeline that visitors use. For workers:
this loads image libraries.
"""

import io
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from seo.models import Example
from seo.public import example_pairs
from tools.definition import registry
from tools.pipeline import engines, ops
from tools.pipeline.enhancing import measure
from tools.pipeline.graph import make_source
from tools.pipeline.intake import digest
from tools.pipeline.pixels import Rgb, Rgba
from tools.pipeline.run import read_image
from tools.pipeline.store import read_facts
from tools.rendering import decoding, local
from tools.storage import files

LONG_SIDE = 720
MOST_BYTES = 25_000
QUALITIES = {"avif": (62, 56, 50, 44, 38, 30, 22), "webp": (80, 74, 66, 58, 48, 38, 26)}
# What lies behind a cut-out: the checkerboard that means "nothing".
CHECK, LIGHT, DARK = 18, 255, 236
RGB = 3


def make_example(
    name: str,
    data: bytes,
    tool: str,
    preset: Mapping[str, Any],
    wanted: Mapping[str, str],
    steps: Path,
) -> tuple[Example, dict[str, bytes]]:
    """An example that is not saved yet, and its files by name, from a photo's bytes.

    Raises PipelineError, InvalidParamsError and EngineUnavailableError as an attempt would.
    """
    photo = decoding.decode_upload(data).pixels
    kind = registry.get_tool(tool)
    params = kind.validated(preset)
    run = local.make_run(engines.choose_engines(kind.kinds(params), wanted), steps)
    key = digest.digest_pixels(photo)
    run.source = {key: photo}.__getitem__
    height, width = photo.shape[:2]
    whole = make_source(key, width, height)
    node = ops.make_proxy(whole) if kind.proxied(params) else whole
    begun = time.process_time()
    result = read_image(run.value(kind.build(node, params)))
    figures: dict[str, Any] = {"seconds": round(time.process_time() - begun, 2)}
    figures["width"], figures["height"] = kind.size(width, height, params)
    if kind.proof:
        proof = read_facts(run.value(kind.proof(node, params)))
        figures |= {name: proof[name] for name in ("identical", "core", "scale")}
    if "measure" in run.facts:
        was, now = run.facts["measure"]["measured"], measure.measure_defects(result)
        figures |= {name: [was[name], now[name]] for name in ("noise_sigma", "exposure")}
    before, after = shown(photo), shown(result)
    row = Example(
        name=name,
        tool=tool,
        preset=dict(preset),
        engines=dict(wanted),
        width=after.shape[1],
        height=after.shape[0],
        figures=figures,
    )
    pictures = {"before": before, "after": after}
    return row, {
        f"{side}.{suffix}": encoded(pixels, suffix)
        for side, pixels in pictures.items()
        for suffix in QUALITIES
    }


def store_example(row: Example, pictures: Mapping[str, bytes]) -> Example:
    """Store an example with its files; one of this name that is there already stays."""
    if found := Example.objects.filter(name=row.name).first():
        return found
    for file, data in pictures.items():
        files.write_file(example_pairs.example_path(row.name, file), data)
    row.save()
    return row


def shown(pixels: Rgb | Rgba) -> Rgb:
    """At the size of a page, on a checkerboard where there is nothing."""
    height, width = pixels.shape[:2]
    scale = min(LONG_SIDE / max(height, width), 1)
    size = round(width * scale), round(height * scale)
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
    if small.shape[2] == RGB:
        return Rgb(small.astype(np.uint8))
    alpha = small[..., 3:].astype(np.float32) / 255
    y, x = np.mgrid[: size[1], : size[0]] // CHECK
    ground = np.where((x + y) % 2 == 0, LIGHT, DARK)[..., None]
    return Rgb(np.asarray(small[..., :3] * alpha + ground * (1 - alpha) + 0.5, np.uint8))


def encoded(pixels: Rgb, suffix: str) -> bytes:
    """As good as fits into the bytes that a page has for a picture."""
    for quality in QUALITIES[suffix]:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, suffix.upper(), quality=quality)
        if buffer.tell() <= MOST_BYTES:
            break
    return buffer.getvalue()
