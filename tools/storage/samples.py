"""Sample photos of the site's own, for whoever has none at hand."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

from tools.errors import UnknownSampleError

FOLDER = Path(__file__).parents[1] / "static" / "tools" / "samples"
# Fewer are filled up with others that suit the tool.
SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class Sample:
    name: str
    file: str
    width: int
    height: int
    title: str
    alt: str
    set: str
    category: str
    # Whether the built-in engine cuts it out right: a test holds it to the true alpha.
    cut: bool
    # Whose photograph it is, and under which licence; empty where we rendered it.
    source: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def thumb_url(self) -> str:
        return static(f"tools/samples/{self.name}.thumb.webp")

    @property
    def url(self) -> str:
        return static(f"tools/samples/{self.file}")


@cache
def load_samples() -> dict[str, Sample]:
    """Every sample, by name, in the order of the index."""
    rows: list[dict[str, Any]] = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    fields = Sample.__dataclass_fields__
    found = (Sample(**{key: row[key] for key in fields}) for row in rows)
    return {sample.name: sample for sample in found}


def list_suited(names: list[str], *, cut: bool) -> list[Sample]:
    """Those of these names first, then others, of which none would come out wrong: where a tool
    cuts out (`cut`), only samples that the built-in engine cuts out right.
    """
    there = load_samples()
    named = [there[name] for name in names if name in there]
    suited = [sample for sample in (*named, *there.values()) if sample.cut or not cut]
    wanted = max(SHOWN, len([sample for sample in named if sample in suited]))
    return list(dict.fromkeys(suited))[:wanted]


def get_sample(name: str) -> Sample:
    try:
        return load_samples()[name]
    except KeyError:
        raise UnknownSampleError(sample=name) from None
