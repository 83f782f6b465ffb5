"""Where weights lie on this machine: our folder, the hub's cache, rembg's homes."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.pipeline.weights.catalogue import Weights

# Where LoRA files lie, beside the weights.
STYLES = "loras"
# Beside the files of a repository: what the hub said of each at the pinned commit.
MANIFEST = "packshot.json"
# Beside a file that the operator added: what was said of it.
BROUGHT = "brought.json"
EVERYTHING = "all"


@dataclass(frozen=True)
class Brought:
    file: str
    licence: str
    sha256: str


@dataclass
class Place:
    """`folder` is where weights are fetched to. `licensed` are the weights without a commercial
    licence of their own which the operator may use all the same, or "all".
    """

    folder: Path = Path("models")
    licensed: frozenset[str] = frozenset()

    def may_be_used(self, weights: Weights) -> bool:
        return weights.commercial or bool({weights.name, EVERYTHING} & self.licensed)

    def home(self, weights: Weights) -> Path:
        """Where these weights are fetched to."""
        return self.folder / weights.name


place = Place()


def find_lora(name: str) -> Path | None:
    """The file of that LoRA, if it is on this machine."""
    path = place.folder / STYLES / f"{name}.safetensors"
    return path if path.name == f"{name}.safetensors" and path.is_file() else None


def configure_weights(folder: Path, *, licensed: frozenset[str] = frozenset()) -> None:
    """Say where weights lie and which of the restricted ones may be used; once, at the start."""
    place.folder, place.licensed = folder, licensed


def find_weights(weights: Weights) -> Path | None:
    """The first folder that has all that these weights are known to consist of."""
    return next((folder for folder in candidates(weights) if holds(folder, weights)), None)


def candidates(weights: Weights) -> Iterator[Path]:
    yield place.home(weights)
    if weights.repo:
        yield hub_snapshot(weights)
    else:
        for home in rembg_homes():
            yield home / "models" / weights.name
            yield home


def hub_snapshot(weights: Weights) -> Path:
    """Where huggingface_hub would have put this very commit."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache/huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    return cache / f"models--{weights.repo.replace('/', '--')}" / "snapshots" / weights.revision


def rembg_homes() -> list[Path]:
    named = [os.environ.get("U2NET_HOME"), os.environ.get("REMBG_HOME")]
    return [Path(home).expanduser() for home in (*named, "~/.rembg", "~/.u2net") if home]


def holds(folder: Path, weights: Weights) -> bool:
    """Whether the files are there; not whether they are sound."""
    if weights.own:
        # A home of rembg's holds many models: only a folder of its own is meant.
        return folder.name == weights.name and own_file(folder, weights) is not None
    wanted = [file.path for file in weights.files] or weights.required
    return all((folder / path).is_file() for path in wanted)


def own_file(folder: Path, weights: Weights) -> Path | None:
    """What the operator put there; the first by name of several."""
    return next(iter(sorted(folder.glob(weights.own))), None)


def read_brought(folder: Path) -> Brought | None:
    """What the operator said of the file in that folder, if it was added so."""
    path = folder / BROUGHT
    if not path.is_file():
        return None
    return Brought(**json.loads(path.read_text(encoding="utf-8")))
