"""Weights that an operator brings by hand, where no hub is reached: believed by a checksum, and
kept with what was said of them.
"""

import json
import shutil
from dataclasses import asdict
from fnmatch import fnmatch
from pathlib import Path

from tools.pipeline.weights import places, soundness
from tools.pipeline.weights.catalogue import Weights
from tools.pipeline.weights.fetching import WeightsError, refuse_if_full


def add_weights(weights: Weights, file: Path, *, licence: str, sha256: str) -> Path:
    """Copy the file to where these weights are looked for. Raises WeightsError.

    It must have the checksum that its source gives; where we know the file ourselves, also the one
    that we know.
    """
    name = name_in_place(weights, file)
    if not licence.strip():
        raise WeightsError("Say under which licence the file was given to you.")
    home = places.place.home(weights)
    refuse_if_full(home, [])
    part = home / f"{name}.part"
    shutil.copyfile(file, part)
    found = soundness.digest(part)
    known = {each.path: each.sha256 for each in weights.files}.get(name, found)
    if found != sha256.strip().lower() or found != known:
        part.unlink()
        expected = known if known != found else sha256
        raise WeightsError(f"{file.name} has the checksum {found}, and should have {expected}.")
    part.replace(home / name)
    said = places.Brought(name, licence.strip(), found)
    (home / places.BROUGHT).write_text(json.dumps(asdict(said)), encoding="utf-8")
    soundness.record_check(home / name, found)
    return home / name


def name_in_place(weights: Weights, file: Path) -> str:
    if weights.repo:
        raise WeightsError(f"{weights.name} are several files: manage.py models fetch.")
    if not file.is_file():
        raise WeightsError(f"There is no file {file}.")
    if weights.own and not fnmatch(file.name, weights.own):
        raise WeightsError(f"{weights.name} is a file {weights.own}, not {file.name}.")
    return file.name if weights.own else weights.files[0].path
