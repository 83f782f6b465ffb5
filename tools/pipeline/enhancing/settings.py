"""Which strengths "auto" picks for what was measured, and why, in plain facts."""

from collections.abc import Mapping
from typing import Any

STEPS = ("denoise", "deblock", "sharpen", "light", "white_balance", "local_contrast")


def choose_strengths(measured: Mapping[str, Any]) -> dict[str, Any]:
    """Strengths 0..1 by name of STEPS, and `facts`: for each that is above 0 what was found.

    A photo that needs nothing gets nothing: all strengths are 0 and there are no facts.
    """
    strengths = {
        "denoise": _denoise(measured),
        "deblock": _deblock(measured),
        "sharpen": _sharpen(measured),
        "light": _light(measured),
        "white_balance": _white_balance(measured),
        "local_contrast": _local_contrast(measured),
    }
    strengths = {name: round(strength, 2) for name, strength in strengths.items()}
    facts = [
        {"step": name, "strength": strength, "found": _found(name, measured)}
        for name, strength in strengths.items()
        if strength > 0
    ]
    return {**strengths, "facts": facts}


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _denoise(measured: Mapping[str, Any]) -> float:
    """A little grain stays in photos that have little: skin without any looks like wax."""
    sigma = float(measured["noise_sigma"])
    return 0.0 if sigma < 1 else 0.6 + 0.35 * _ramp(sigma, 1, 8)


def _deblock(measured: Mapping[str, Any]) -> float:
    quality = measured["jpeg_quality"]
    if not measured["blockiness"] or (quality is not None and quality > 92):
        return 0.0
    return 1.0 if quality is not None else 0.6


def _sharpen(measured: Mapping[str, Any]) -> float:
    """Noise and blocks would be sharpened too: the more of them, the less."""
    need = _ramp(float(measured["blur_radius"]), 0.55, 1.2)
    doubt = _ramp(float(measured["noise_sigma"]), 4, 25)
    coarse = 1 - _ramp(float(measured["jpeg_quality"] or 75), 20, 70)
    blocky = coarse if measured["blockiness"] else 0.0
    return 0.85 * need * (1 - 0.7 * max(doubt, blocky))


def _light(measured: Mapping[str, Any]) -> float:
    dark = _ramp(-float(measured["exposure"]), 0.35, 1.2)
    bright = 0.6 * _ramp(float(measured["exposure"]), 0.6, 1.5)
    flat = 0.6 * _ramp(0.75 - float(measured["contrast"]), 0, 0.3)
    return 0.9 * max(dark, bright, flat)


def _white_balance(measured: Mapping[str, Any]) -> float:
    spread = max(measured["cast"]) - min(measured["cast"])
    return 0.6 * _ramp(spread, 0.04, 0.2)


def _local_contrast(measured: Mapping[str, Any]) -> float:
    quiet = 1 - _ramp(float(measured["noise_sigma"]), 6, 20)
    return quiet * (0.25 + 0.45 * _ramp(0.85 - float(measured["contrast"]), 0, 0.35))


def _found(name: str, measured: Mapping[str, Any]) -> str:
    red, _, blue = measured["cast"]
    quality = measured["jpeg_quality"]
    return {
        "denoise": f"noise sigma {measured['noise_sigma']:.1f}",
        "deblock": "JPEG blocks" if quality is None else f"JPEG blocks, quality {quality}",
        "sharpen": f"blur radius {measured['blur_radius']:.1f} px",
        "light": f"exposure {measured['exposure']:+.1f} stops",
        "white_balance": "warm cast" if red > blue else "cool cast",
        "local_contrast": f"contrast {100 * measured['contrast']:.0f} %",
    }[name]
