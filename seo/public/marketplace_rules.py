"""Marketplace rules as a page shows them, each number as the source that is named says it."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from tools.definition import marketplaces
from tools.definition.marketplaces import MEGABYTE, Marketplace

THOUSAND = 1000


def of(slug: str) -> dict[str, Any] | None:
    """The marketplace's name, its rules as (what, how much), and who says so."""
    market = marketplaces.BY_SLUG.get(slug)
    if market is None:
        return None
    return {
        "name": market.name,
        "rows": rows(market),
        "sources": market.sources,
        "official": market.official,
    }


def rows(market: Marketplace) -> list[tuple[str, str]]:
    found = [
        (_("Recommended size"), _("%(width)s × %(height)s pixels") % sides(market.recommended))
    ]
    if market.smallest:
        found.append(
            (_("Smallest size"), _("%(width)s × %(height)s pixels") % sides(market.smallest))
        )
    if market.smallest_side:
        found.append((_("Longer side, at least"), pixels(market.smallest_side)))
    if market.largest_side:
        found.append((_("Longer side, at most"), pixels(market.largest_side)))
    if market.white is not None:
        found.append((_("Background"), _("pure white, 255 255 255") if market.white else _("free")))
    least, most = market.fill
    if least and most:
        found.append(
            (_("The product fills"), _("%(least)s to %(most)s of the frame") % shares(least, most))
        )
    elif least:
        found.append((_("The product fills"), _("at least %(least)s of the frame") % shares(least)))
    if market.aspect:
        found.append((_("Shape"), "{}:{}".format(*market.aspect)))
    found.append((_("File"), ", ".join(kind.upper() for kind in market.types)))
    if market.most_bytes:
        found.append((_("File size, at most"), weight(market.most_bytes)))
    if market.text_allowed is False:
        found.append((_("Text, logos, watermarks"), _("not allowed")))
    return found


def sides(size: tuple[int, int]) -> dict[str, str]:
    return {"width": grouped(size[0]), "height": grouped(size[1])}


def pixels(count: int) -> str:
    return _("%(count)s pixels") % {"count": grouped(count)}


def shares(least: float, most: float = 0) -> dict[str, str]:
    return {"least": f"{round(least * 100)} %", "most": f"{round(most * 100)} %"}


def weight(size: int) -> str:
    if size < MEGABYTE:
        return f"{size // THOUSAND} KB"
    return f"{size // MEGABYTE} MB"


def grouped(number: int) -> str:
    return str(formats.number_format(number, force_grouping=True))
