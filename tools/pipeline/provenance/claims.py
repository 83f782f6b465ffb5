"""Claims that a file carries with its credentials: what was proven of the pixels, and what is believed
of the outline; the same two that the marks beside the result make. Standard library only.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

LABEL = "com.packshot.claims"

Pixels = Literal["kept", "resized", "most", "structure"]
Outline = Literal["sure", "yours", "check"]
KNOWN: Mapping[str, tuple[str, ...]] = {"pixels": get_args(Pixels), "outline": get_args(Outline)}


def describe_claims(
    fidelity: Mapping[str, Any], outline: Mapping[str, Any] | None, *, resized: bool = False
) -> dict[str, Any]:
    """As they stand in the file: "pixels" and "outline", each only where somebody judged it.

    `resized`: the file shows the result in another size than was measured.
    """
    found: dict[str, Any] = {}
    if verdict := judge_pixels(fidelity, resized=resized):
        names = {"identical": "identical", "core": "compared", "scale": "scale"}
        measured = {names[name]: fidelity[name] for name in names if name in fidelity}
        found["pixels"] = {"verdict": verdict, **measured}
    if outline and (said := judge_outline(outline)):
        found["outline"] = {
            "verdict": said,
            "sure": outline["sure"],
            "confidence": outline.get("confidence"),
            "places": len(outline.get("places", ())),
        }
    return found


def judge_pixels(fidelity: Mapping[str, Any], *, resized: bool) -> Pixels | None:
    """None where there was nothing to compare; what was not kept is never delivered."""
    if not fidelity.get("kept") or "core" in fidelity.get("broken", ()):
        return None
    if fidelity.get("expected") == "structure":
        return "structure"
    if resized or fidelity.get("scale", 1) != 1:
        return "resized"
    return "kept" if fidelity.get("identical") == 1 else "most"


def judge_outline(outline: Mapping[str, Any]) -> Outline | None:
    """What a visitor decided by hand is not ours to vouch for."""
    if not isinstance(outline.get("sure"), bool):
        return None
    if outline["sure"]:
        return "sure"
    return "yours" if outline.get("by_hand") and not outline.get("places") else "check"


def read_claims(data: Any) -> dict[str, Any] | None:
    """Those of a file, of which anybody may have written any: only what has a meaning here."""
    if not isinstance(data, Mapping):
        return None
    found: dict[str, Any] = {}
    for name, known in KNOWN.items():
        part = data.get(name)
        if isinstance(part, Mapping) and part.get("verdict") in known:
            shares = {key: read_share(part.get(key)) for key in ("identical", "confidence")}
            told = {key: share for key, share in shares.items() if share is not None}
            found[name] = {"verdict": part["verdict"], **told}
    return found or None


def read_share(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= 1 else None
