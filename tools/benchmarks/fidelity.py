"""Fidelity benchmark: what every tool that must keep the product does to it, over a folder of photos."""

import tempfile
from pathlib import Path
from typing import Any

from tools.definition import registry
from tools.pipeline import engines, ops
from tools.pipeline.errors import PipelineError
from tools.pipeline.graph import make_source
from tools.pipeline.intake import decode, digest
from tools.pipeline.run import Run
from tools.pipeline.store import StepStore, read_facts
from tools.rendering import folders
from tools.storage import samples, upload_limits

STORE_BYTES = 2_000_000_000
SHOWN = ("core", "identical", "mean", "high", "ssim", "edge_shift", "scale", "kept")


def measure(folder: Path | None = None) -> list[dict[str, Any]]:
    """A row for each photo and tool with its fidelity; our own samples when no folder is given."""
    paths = (
        sorted(folder.iterdir()) if folder else [s.path for s in samples.load_samples().values()]
    )
    tools = [tool for tool in registry.list_offered() if tool.proof and not tool.worded]
    return [row(path, tool) for path in paths if not folders.why_skipped(path) for tool in tools]


def row(path: Path, tool: registry.Tool) -> dict[str, Any]:
    said: dict[str, Any] = {"photo": path.name, "tool": tool.slug}
    try:
        return said | proof(path, tool)
    except PipelineError as error:
        return said | {"error": error.id}


def proof(path: Path, tool: registry.Tool) -> dict[str, Any]:
    if tool.proof is None:
        raise ValueError(tool.slug)
    pixels = decode.decode_photo(path, limits=upload_limits.photo_limits()).pixels
    name = digest.digest_pixels(pixels)
    photo = ops.make_proxy(make_source(name, pixels.shape[1], pixels.shape[0]))
    with tempfile.TemporaryDirectory() as steps:
        store = StepStore(Path(steps), STORE_BYTES)
        run = Run(engines.choose_engines(tool.kinds(), {}), store, {name: pixels}.__getitem__)
        found = read_facts(run.value(tool.proof(photo, tool.defaults())))
    return {key: found[key] for key in SHOWN}
