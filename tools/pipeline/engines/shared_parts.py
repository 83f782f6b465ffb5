"""Parts that several models have in common, such as text encoders, are on the device once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from tools.pipeline.weights import places

# What models of one family take over from each other as it is; the network only if no LoRA stays in
# it. One that comes for a run and goes again is gone before another model has its turn.
NETWORK = "unet"
ENCODERS = ("text_encoder", "text_encoder_2", "vae")
ALL = (*ENCODERS, NETWORK)

Key = tuple[str, ...]
# Gone as soon as the last model that has it is put out.
_loaded: WeakValueDictionary[Key, Any] = WeakValueDictionary()


def there(folder: Path, kind: str, names: Iterable[str]) -> dict[str, Any]:
    """Those of the named parts of the pipeline in that folder that another one has loaded; `kind`
    is what else must be the same, such as the device.
    """
    known = keys(folder, kind, names)
    return {name: _loaded[key] for name, key in known if _loaded.get(key) is not None}


def keep(folder: Path, kind: str, pipe: Any, names: Iterable[str]) -> None:
    """Let others have these parts of this pipeline."""
    for name, key in keys(folder, kind, names):
        _loaded[key] = getattr(pipe, name)


def keys(folder: Path, kind: str, names: Iterable[str]) -> Iterator[tuple[str, Key]]:
    """Each part with what tells it from others: the hashes of its files, or where these are."""
    known = digests(folder)
    for name in names:
        files = sorted((folder / name).glob("*.safetensors"))
        files += sorted((folder / name).glob("config.json"))
        if files:
            told = (known.get(str(path.relative_to(folder))) or told_by(path) for path in files)
            yield name, (kind, name, *told)


def digests(folder: Path) -> Mapping[str, str]:
    """What the manifest says of each file, by its path in the folder."""
    manifest = folder / places.MANIFEST
    if not manifest.is_file():
        return {}
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return {path: str(said["sha256"]) for path, said in files.items()}


def told_by(path: Path) -> str:
    """In the hub's cache a file is a link to one that is named by its hash."""
    real = path.resolve()
    return f"{real} {real.stat().st_mtime_ns}"
