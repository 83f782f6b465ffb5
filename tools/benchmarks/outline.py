"""Whether outlines that are called sure are right: claims about a folder of photos with their true
alphas.
"""

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tools.benchmarks.cutout import as_large
from tools.definition import registry
from tools.pipeline import encoding
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.intake import decode
from tools.pipeline.pixels import Rgba, take_alpha
from tools.pipeline.scoring.calibration import (
    SIGNS,
    Case,
    Report,
    calibration,
    judge_claims,
    leave_out,
    thing_of,
)
from tools.pipeline.scoring.calibration_curve import draw_calibration
from tools.pipeline.scoring.cutout import overlap_of
from tools.rendering import local
from tools.storage import upload_limits

# With fewer things than this nothing can be learned from all but one.
LEAST_THINGS = 4


@dataclass(frozen=True)
class Claim:
    """One photo: how good its matte is, the doubts about it, and what was said of it."""

    photo: str
    case: Case
    confidence: float
    sure: bool
    places: int


def measure(
    folder: Path, *, engine: str | None = None, picture: Path | None = None
) -> list[dict[str, Any]]:
    """A row for each `images/NAME.*` with its `masks/NAME.png`; what the claims were worth, as the
    model in the tree makes them and, `left out`, as one makes them that has seen no picture of the
    same thing; and where the calibration curve of the latter was drawn.
    """
    claims = gather_claims(folder, engine=engine)
    rows: list[dict[str, Any]] = [
        {
            "photo": claim.photo,
            "iou": claim.case.iou,
            "confidence": claim.confidence,
            "sure": claim.sure,
            "places": claim.places,
        }
        for claim in claims
    ]
    overlaps = np.array([claim.case.iou for claim in claims])
    confidences = np.array([claim.confidence for claim in claims])
    sure = np.array([claim.sure for claim in claims])
    said = [("as shipped", judge_claims(sure, overlaps))]
    cases = [claim.case for claim in claims]
    if len({case.thing for case in cases}) >= LEAST_THINGS and all(case.doubts for case in cases):
        confidences, sure = leave_out(cases, SIGNS)
        said.append(("left out", judge_claims(sure, overlaps)))
    rows += [summary(name, report) for name, report in said]
    at = picture or Path(tempfile.gettempdir()) / "outline-calibration.png"
    lowest = float(confidences[sure].min()) if sure.any() else 1.0
    drawn = draw_calibration(calibration(confidences, overlaps), lowest)
    at.write_bytes(encoding.encode_png(drawn))
    return [*rows, {"photo": f"calibration curve: {at}"}]


def gather_claims(folder: Path, *, engine: str | None = None) -> list[Claim]:
    """One for each photo with a truth in which something was found: of an empty matte nothing is
    claimed.
    """
    tool = registry.get_tool("remove-background")
    params = tool.defaults()
    engines = local.choose_engines(tool, params, engine)
    found = []
    for path in sorted((folder / "images").iterdir()):
        truth = folder / "masks" / f"{path.stem}.png"
        if not truth.exists():
            continue
        pixels = decode.decode_photo(path, limits=upload_limits.photo_limits()).pixels
        with tempfile.TemporaryDirectory() as steps:
            run = local.make_run(engines, Path(steps))
            try:
                cut = local.apply_to_pixels(pixels, tool, params, run).pixels
            except NoSubjectError:
                continue
        alpha = take_alpha(Rgba(cut))
        said = run.facts["subject"]
        outline = said.get("outline") or {"confidence": 0.0, "sure": False, "places": []}
        iou = overlap_of(alpha, as_large(truth, alpha))
        case = Case(thing_of(path.stem), iou, said.get("doubts", {}))
        confidence, places = outline["confidence"], len(outline["places"])
        found.append(Claim(path.stem, case, confidence, outline["sure"], places))
    return found


def summary(name: str, report: Report) -> dict[str, Any]:
    shares = {key: value for key, value in asdict(report).items() if key != "pictures"}
    return {"photo": f"{name}, {report.pictures} photos", **shares, "reached": report.reached}
