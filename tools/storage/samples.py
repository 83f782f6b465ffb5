"""Sample photos of the site's own, for whoever has none at hand."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

from tools.errors import UnknownSampleError

FOLDER = Path(__file__).parents[1] / "static" / "tools" / "samples"


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


def get_sample(name: str) -> Sample:
    try:
        return load_samples()[name]
    except KeyError:
        raise UnknownSampleError(sample=name) from None
