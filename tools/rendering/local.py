"""Local run: a tool on files, without the site around it: the same registry, forms and pipeline."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tools.definition import registry
from tools.pipeline import encoding, engines, ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node, make_source
from tools.pipeline.intake import digest
from tools.pipeline.pixels import Rgb, Rgba
from tools.pipeline.run import Run, Watch, ignore_progress, read_image
from tools.pipeline.store import StepStore
from tools.rendering import decoding
from tools.rendering.folders import WRITTEN


@dataclass
class Applied:
    """What came of one photo: the pixels, what the steps said, which were computed and how long."""

    pixels: Rgb | Rgba
    facts: dict[str, Any]
    timings: list[tuple[Node, float]] = field(default_factory=list)


def parse_parameters(tool: registry.Tool, pairs: list[str]) -> dict[str, Any]:
    """`name=value` pairs as the form takes them. Raises InvalidParamsError."""
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise registry.InvalidParamsError({pair: ["Write it as name=value."]})
        given[name] = value
    return tool.validated(given)


def choose_engines(
    tool: registry.Tool, params: registry.Params, name: str | None
) -> dict[str, Engine]:
    """The engines of a run, `name` for every kind that has it. Raises EngineUnavailableError."""
    kinds = tool.kinds(params)
    known = {kind for kind, known in engines.list_engines() if known == name}
    wanted = {kind: name for kind in kinds & known if name}
    if name and not wanted:
        wanted = dict.fromkeys(kinds, name)
    return engines.choose_engines(kinds, wanted)


def apply_to_file(path: Path, tool: registry.Tool, params: Mapping[str, Any], run: Run) -> Applied:
    """Apply the tool to one file at full size. Raises a PipelineError."""
    pixels = decoding.decode_upload(path.read_bytes()).pixels
    return apply_to_pixels(pixels, tool, params, run)


def apply_to_pixels(
    pixels: Rgb | Rgba, tool: registry.Tool, params: Mapping[str, Any], run: Run
) -> Applied:
    name = digest.digest_pixels(pixels)
    height, width = pixels.shape[:2]
    run.source = {name: pixels}.__getitem__
    node = tool.build(make_source(name, width, height), params)
    return Applied(read_image(run.value(node)), run.facts, run.timings)


def to_proxy(
    pixels: Rgb | Rgba, tool: registry.Tool, params: Mapping[str, Any], run: Run
) -> Applied:
    """As `apply_to_pixels`, on the photo's proxy: what the page shows."""
    name = digest.digest_pixels(pixels)
    height, width = pixels.shape[:2]
    run.source = {name: pixels}.__getitem__
    node = tool.build(ops.make_proxy(make_source(name, width, height)), params)
    return Applied(read_image(run.value(node)), run.facts, run.timings)


def make_run(
    run_engines: Mapping[str, Engine], folder: Path, watch: Watch = ignore_progress
) -> Run:
    """A run whose step results live in that folder."""
    photos: dict[str, Rgb | Rgba] = {}
    return Run(run_engines, StepStore(folder, settings.STEPS_MAX_BYTES), photos.__getitem__, watch)


def write_picture(path: Path, pixels: Rgb | Rgba) -> None:
    """Write the picture in the format that the name says; JPEG gets a white ground."""
    data = WRITERS[WRITTEN[path.suffix.lower()]](pixels)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def write_png(pixels: Rgb | Rgba) -> bytes:
    return encoding.encode_png(pixels, level=4)


WRITERS: dict[str, Callable[[Rgb | Rgba], bytes]] = {
    "png": write_png,
    "webp": encoding.encode_webp,
    "jpeg": encoding.encode_jpeg,
    "avif": encoding.encode_avif,
    "tiff": encoding.encode_tiff,
}
