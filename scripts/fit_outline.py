"""Fits how sure an outline is said to be, to photos whose true alphas are known.

    python scripts/fit_outline.py SET [--way classical] [--engine NAME] [--cases FILE] [--write]

SET has images/ and masks/, as for `manage.py measure outline`. Every matte is made once; with
`--cases` what is known of them is kept in FILE, and read from there the next time. Printed is what
claims are worth on things that were left out, by model and by threshold; `--write` puts the model
that was fitted to all of them into the tree, as the one for `--way`.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import numpy as np

ROOT = Path(__file__).parents[1]


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")
    django.setup()
    models_file = import_module("tools.pipeline.matting.outline_confidence").MODELS
    calibration = import_module("tools.pipeline.scoring.calibration")

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("--way", default="classical")
    parser.add_argument("--engine")
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    cases = read_cases(given.set, given.engine, given.cases)
    overlaps = np.array([case.iou for case in cases])
    confidences, sure = calibration.leave_out(cases, calibration.SIGNS)
    for name, value in asdict(calibration.judge_claims(sure, overlaps)).items():
        print(f"{name:14} {value:.3f}" if isinstance(value, float) else f"{name:14} {value}")
    for said, so, count in calibration.calibration(confidences, overlaps):
        print(f"said {said:.2f}  so {so:.2f}  of {count}")
    model = calibration.fit_with_threshold(cases, calibration.SIGNS)
    print(json.dumps(asdict(model), indent=1))
    if given.write:
        models = json.loads(models_file.read_text(encoding="utf-8"))
        models[given.way] = rounded(asdict(model))
        models_file.write_text(json.dumps(models, indent=2) + "\n", encoding="utf-8")


def read_cases(folder: Path, engine: str | None, kept: Path | None) -> list[Any]:
    outline = import_module("tools.benchmarks.outline")
    if kept and kept.exists():
        return [outline.Case(**row) for row in json.loads(kept.read_text(encoding="utf-8"))]
    cases = [claim.case for claim in outline.gather_claims(folder, engine=engine)]
    if kept:
        kept.write_text(json.dumps([asdict(case) for case in cases]), encoding="utf-8")
    return cases


def rounded(model: dict[str, Any]) -> dict[str, Any]:
    weights = {name: round(value, 5) for name, value in model["weights"].items() if value}
    return {
        "weights": weights,
        "bias": round(model["bias"], 5),
        "threshold": round(model["threshold"], 4),
    }


if __name__ == "__main__":
    main()
