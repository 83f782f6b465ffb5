"""Cut-out benchmark: an engine's mattes on a folder of photos with their true alphas."""

import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from tools.definition import registry
from tools.pipeline.engines.own_network import OwnNetwork
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.intake import decode
from tools.pipeline.pixels import Alpha, Rgb, drop_alpha
from tools.pipeline.scoring import opinions
from tools.pipeline.scoring.cutout import TOLERANCE, Score, score_matte, summarize_scores
from tools.rendering import local
from tools.storage import upload_limits


def measure(
    folder: Path, *, engine: str | None = None, tolerance: float = TOLERANCE
) -> list[dict[str, Any]]:
    """A row for each `images/NAME.*` with its `masks/NAME.png`, and one for all.

    Seconds are of the processor, for the whole cut-out at the photo's size. A photo in which
    nothing is found scores as an empty matte. Beside the answer of our own network stand those of
    its parts and the best of them: see `opinions.compared`.
    """
    tool = registry.get_tool("remove-background")
    params = tool.defaults()
    engines = local.choose_engines(tool, params, engine)
    own = engines["matte"].loaded
    rows, scores, spent = [], [], []
    others: list[dict[str, float]] = []
    for path in sorted((folder / "images").iterdir()):
        truth = folder / "masks" / f"{path.stem}.png"
        if not truth.exists():
            continue
        pixels = decode.decode_photo(path, limits=upload_limits.photo_limits()).pixels
        with tempfile.TemporaryDirectory() as steps:
            begun = time.process_time()
            try:
                run = local.make_run(engines, Path(steps))
                alpha = Alpha(local.apply_to_pixels(pixels, tool, params, run).pixels[..., 3])
            except NoSubjectError:
                alpha = Alpha(np.zeros(pixels.shape[:2], np.uint8))
            seconds = time.process_time() - begun
        true = as_large(truth, alpha)
        found = score_matte(alpha, true, tolerance=tolerance)
        confidence = run.facts.get("subject", {}).get("confidence", 0.0)
        rows.append({"photo": path.stem, **asdict(found), "seconds": seconds, "sure": confidence})
        if isinstance(own, OwnNetwork):
            rgb = Rgb(np.ascontiguousarray(drop_alpha(pixels)))
            others.append(opinions.compared(rgb, true, own.belief))
            rows[-1] |= others[-1]
        scores.append(found)
        spent.append(seconds)
    return [*rows, in_all(scores, spent) | means(others)]


def as_large(truth: Path, alpha: Alpha) -> Alpha:
    """The true alpha at the size of the found one."""
    with Image.open(truth) as file:
        mask = np.asarray(file.convert("L"))
    size = alpha.shape[1], alpha.shape[0]
    return Alpha(np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.uint8))


def means(others: list[dict[str, float]]) -> dict[str, float]:
    """Of each column; under "looks" the share of photos where one was not enough."""
    if not others:
        return {}
    found = {name: float(np.mean([row[name] for row in others])) for name in others[0]}
    return found | {"looks": float(np.mean([row["looks"] > 1 for row in others]))}


def in_all(scores: list[Score], seconds: list[float]) -> dict[str, Any]:
    summary = asdict(summarize_scores(scores))
    good = f"{summary.pop('good'):.0%} at IoU 0.9 or more"
    pictures = summary.pop("pictures")
    return {"photo": f"all {pictures}, {good}", **summary, "seconds": float(np.median(seconds))}
