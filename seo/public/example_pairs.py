"""Example pairs: before and after, as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from seo.models import Example

MINUS = "\N{MINUS SIGN}"
SUFFIXES = ("avif", "webp")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What a page shows of an example, in the page's words."""

    name: str
    tool: str
    alt: str
    caption: str
    width: int
    height: int
    figures: list[str]
    # It shows what a tool cannot do, and stands beside the limits.
    limit: bool = False

    def address(self, side: str, suffix: str) -> str:
        """Where a picture is, whatever the language."""
        with override("en"):
            return reverse("seo:example", args=[self.name, f"{side}.{suffix}"])

    @property
    def before(self) -> dict[str, str]:
        return {suffix: self.address("before", suffix) for suffix in SUFFIXES}

    @property
    def after(self) -> dict[str, str]:
        return {suffix: self.address("after", suffix) for suffix in SUFFIXES}


def example_path(name: str, file: str) -> str:
    """Where it lies in the storage."""
    return f"examples/{name}/{file}"


def find_pairs(wanted: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """The examples that a page names, in its order; one that is not there is left out."""
    named = {item["name"]: item for item in wanted}
    rows = {row.name: row for row in Example.objects.filter(name__in=named)}
    return [pair(rows[name], item) for name, item in named.items() if name in rows]


def pair(row: Example, item: Mapping[str, Any]) -> Pair:
    return Pair(
        name=row.name,
        tool=row.tool,
        alt=item["alt"],
        caption=item.get("caption", ""),
        width=row.width,
        height=row.height,
        figures=[] if item.get("limit") else list(said(row.figures)),
        limit=bool(item.get("limit")),
    )


def said(figures: Mapping[str, Any]) -> Iterable[str]:
    """What was measured, in words."""
    if figures.get("scale", 1) != 1:
        scale = {"scale": number(figures["scale"] * 100, 0)}
        yield _("product resized to %(scale)s %%, not repainted") % scale
    elif "core" in figures:
        if figures["identical"] == 1:
            # Of what was only cut out or set in a scene, nothing says more.
            yield _("No pixel repainted")
            return
        # Rounded down: nearly all is not all.
        share = number(floor(figures["identical"] * 10_000) / 100, 2).rstrip("0").rstrip(".,")
        yield _("%(share)s %% of the pixels not repainted") % {"share": share}
    if "noise_sigma" in figures:
        yield _("noise %(before)s → %(after)s (scale of 255)") % between(figures["noise_sigma"])
    if "exposure" in figures:
        yield _("exposure off by %(before)s → %(after)s stops") % between(figures["exposure"])
    if "width" in figures:
        yield _("%(width)s × %(height)s pixels") % figures


def between(values: Iterable[float]) -> dict[str, str]:
    before, after = (number(value, 1) for value in values)
    return {"before": before, "after": after}


def number(value: float, digits: int) -> str:
    return str(formats.number_format(round(value, digits), digits)).replace("-", MINUS)
