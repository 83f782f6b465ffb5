"""The parameters of a call, read and checked; nothing of the picture is known yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.web.removebg import colours
from tools.web.removebg.refusals import RefusedCallError

SIZES = {"preview", "small", "regular", "medium", "hd", "4k", "full", "50MP", "auto"}
FORMATS = {"auto", "png", "jpg", "webp", "zip"}
TYPES = {"auto", "person", "product", "car", "animal", "graphic", "transportation", "other"}
LEVELS = {"none", "1", "2", "latest"}
SHADOWS = {"none", "auto", "drop", "3D", "car"}
# What `auto` makes of each type.
OF_TYPE = {"car": "car", "person": "3D", "transportation": "3D"}
TRUE, FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}
NUMBER = r"(\d+(?:\.\d+)?)"
LENGTH = re.compile(NUMBER + r"(px|%)")
PERCENT = re.compile(NUMBER + r"%")
# What this server looks for, and so what a picture is where the caller does not say.
USUAL_TYPE = "product"
OPACITY, OF_CAR = 50, 90
OPAQUE = 255
Length = tuple[float, str]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What was asked for, but for the pictures themselves."""

    size: str
    format: str
    channels: str
    type: str
    level: str
    roi: tuple[Length, ...] | None
    margins: tuple[Length, ...] | None
    scale: float | None
    position: tuple[float, float] | None
    colour: tuple[int, int, int, int] | None
    shadow: dict[str, Any] | None
    has_picture_behind: bool

    @property
    def is_opaque(self) -> bool:
        """Whether nothing of the result will show through."""
        covered = self.has_picture_behind or (self.colour is not None and self.colour[3] == OPAQUE)
        return covered or self.channels == "alpha"

    @property
    def file_format(self) -> str:
        """What `auto` comes to."""
        if self.format != "auto":
            return self.format
        return "jpg" if self.is_opaque else "png"


def read_parameters(fields: Mapping[str, str], *, has_picture_behind: bool) -> Parameters:
    """Raises RefusedCallError with the code of the first that is wrong. Unknown ones are ignored."""
    level = one_of(fields, "type_level", LEVELS, "1")
    kind = one_of(fields, "type", TYPES, "auto")
    read_flag(fields, "semitransparency", default=True)
    return Parameters(
        size=one_of(fields, "size", SIZES, "preview"),
        format=one_of(fields, "format", FORMATS, "auto"),
        channels=one_of(fields, "channels", {"rgba", "alpha"}, "rgba"),
        type=kind,
        level=level,
        roi=read_roi(fields.get("roi", "")),
        margins=read_margins(fields),
        scale=read_scale(fields.get("scale", "")),
        position=read_position(fields.get("position", "")),
        colour=read_colour(fields.get("bg_color", "")),
        shadow=read_shadow(fields, USUAL_TYPE if kind == "auto" else kind),
        has_picture_behind=has_picture_behind,
    )


def one_of(fields: Mapping[str, str], name: str, known: set[str], usual: str) -> str:
    value = fields.get(name, "").strip() or usual
    if value in known:
        return value
    by_case = {each.lower(): each for each in known}
    if value.lower() not in by_case:
        raise RefusedCallError(f"invalid_{name}")
    return by_case[value.lower()]


def read_flag(fields: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = fields.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise RefusedCallError(f"invalid_{name}")
    return value in TRUE


def read_lengths(text: str, code: str) -> tuple[Length, ...]:
    """Numbers in pixels or per cent. A zero needs no unit."""
    found = []
    for word in text.replace(",", " ").split():
        if re.fullmatch(r"0+(\.0+)?", word):
            found.append((0.0, "px"))
        elif match := LENGTH.fullmatch(word):
            found.append((float(match[1]), match[2]))
        else:
            raise RefusedCallError(code)
    return tuple(found)


def read_roi(text: str) -> tuple[Length, ...] | None:
    lengths = read_lengths(text, "invalid_roi")
    if len(lengths) not in {0, 4}:
        raise RefusedCallError("invalid_roi")
    return lengths or None


def read_margins(fields: Mapping[str, str]) -> tuple[Length, ...] | None:
    """Top, right, bottom, left around the product; None where it is not cropped to."""
    lengths = read_lengths(fields.get("crop_margin", ""), "invalid_crop_margin")
    match len(lengths):
        case 0:
            four: tuple[Length, ...] = ((0.0, "px"),) * 4
        case 1:
            four = lengths * 4
        case 2:
            four = lengths * 2
        case 4:
            four = lengths
        case _:
            raise RefusedCallError("invalid_crop_margin")
    return four if read_flag(fields, "crop", default=False) else None


def read_scale(text: str) -> float | None:
    text = text.strip()
    if text in {"", "original"}:
        return None
    match = PERCENT.fullmatch(text)
    if not match or not 10 <= float(match[1]) <= 100:  # noqa: PLR2004  the contract's bounds
        raise RefusedCallError("invalid_scale")
    return float(match[1]) / 100


def read_position(text: str) -> tuple[float, float] | None:
    words = ["50%" if word == "center" else word for word in text.replace(",", " ").split()]
    if words in ([], ["original"]):
        return None
    found = [PERCENT.fullmatch("0%" if word == "0" else word) for word in words]
    shares = [float(match[1]) / 100 for match in found if match]
    if len(shares) != len(words) or len(shares) > 2 or max(shares) > 1:  # noqa: PLR2004  across and down
        raise RefusedCallError("invalid_position")
    return shares[0], shares[-1]


def read_colour(text: str) -> tuple[int, int, int, int] | None:
    if not text.strip():
        return None
    found = colours.parse_colour(text)
    if found is None:
        raise RefusedCallError("invalid_bg_color")
    return found


def read_shadow(fields: Mapping[str, str], kind: str) -> dict[str, Any] | None:
    """The shadow of a picture of that type: "kind" and "opacity"; None for none. Keys may name a type
    in brackets; then types that are not named have none.
    """
    wanted = by_type(fields, "shadow_type", kind)
    if not wanted and read_flag(fields, "add_shadow", default=False) and kind == "car":
        wanted = "car"
    wanted = one_of({"shadow_type": wanted}, "shadow_type", SHADOWS, "none")
    if wanted == "auto":
        wanted = OF_TYPE.get(kind, "drop")
    said = by_type(fields, "shadow_opacity", kind)
    opacity = float(OF_CAR if wanted == "car" else OPACITY)
    if said and said != "auto":
        if not re.fullmatch(NUMBER, said) or float(said) > 100:  # noqa: PLR2004  per cent
            raise RefusedCallError("invalid_shadow_opacity")
        opacity = float(said)
    if wanted == "none" or not opacity:
        return None
    return {"kind": wanted, "opacity": opacity / 100}


def by_type(fields: Mapping[str, str], name: str, kind: str) -> str:
    return fields.get(f"{name}[{kind}]", "") or fields.get(name, "")
