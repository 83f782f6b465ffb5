"""Which scenes suit a product, and why. Needs nothing but the measured numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tools.pipeline.recommending.oklch import NEUTRAL, Lch, apart, hue_name, of_hex
from tools.pipeline.scenes.facts import Scene
from tools.pipeline.scenes.registry import SCENES

FIRST = 6

CATEGORIES: dict[str, tuple[str, ...]] = {
    "cosmetics": ("podium", "marble", "window", "pastel"),
    "jewellery": ("marble", "fabric", "podium", "studio"),
    "food": ("wood", "marble", "bokeh", "fabric"),
    "fashion": ("studio", "concrete", "window", "fabric"),
    "shoes": ("concrete", "studio", "podium", "pastel"),
    "electronics": ("studio", "concrete", "podium", "wood"),
    "home": ("wood", "fabric", "window", "concrete"),
    "toys": ("pastel", "studio", "wood", "bokeh"),
    "flowers": ("window", "wood", "fabric", "pastel"),
    "furniture": ("studio", "concrete", "window"),
}

GLOSSY = {"marble", "podium", "studio"}
SOFT = {"fabric", "wood", "concrete"}
PLAIN = {"studio", "concrete", "podium"}
FLOORLESS = {"studio", "bokeh"}


@dataclass(frozen=True)
class Reason:
    """A consideration: how much it speaks for the scene, and the words' id and values."""

    weight: float
    id: str
    values: dict[str, Any]


def rank_scenes(product: dict[str, Any], *, category: str | None = None) -> list[dict[str, Any]]:
    """Every scene, best first, as {"scene": slug, "score": float, "reason": {"id", "values"}}.

    `product` is what `measuring.measure_product` found. The first six are of six families, so that
    a row of suggestions offers a choice.
    """
    scored = []
    for scene in SCENES:
        reasons = list(considered(product, scene, category))
        total = sum(reason.weight for reason in reasons)
        best = max(reasons, key=lambda reason: reason.weight)
        words = {"scene": scene.slug, "family": scene.family, **best.values}
        scored.append((total, scene, {"id": best.id, "values": words}))
    scored.sort(key=lambda entry: (-entry[0], entry[1].slug))
    return [
        {"scene": scene.slug, "score": round(total, 4), "reason": reason}
        for total, scene, reason in diverse(scored)
    ]


def diverse(scored: list[tuple[float, Scene, dict[str, Any]]]) -> list[Any]:
    """The best of each family until there are six, then the rest in order.

    Each next one also yields to those unlike the ones already chosen: six dark suggestions for
    a light product would be one suggestion six times.
    """
    first: list[Any] = []
    while len(first) < FIRST:
        families = {entry[1].family for entry in first}
        left = [entry for entry in scored if entry[1].family not in families]
        first.append(max(left, key=lambda entry: entry[0] - alike(entry[1], first)))
    return first + [entry for entry in scored if entry not in first]


def alike(scene: Scene, chosen: list[Any]) -> float:
    """How much the scene's tone and hue repeat what was chosen."""
    own = tone(scene)
    repeats = 0.0
    for _, other, _ in chosen:
        theirs = tone(other)
        light = max(0.0, 1 - abs(own[0] - theirs[0]) / 0.22)
        hue = (
            max(0.0, 1 - apart(own[2], theirs[2]) / 50) if min(own[1], theirs[1]) > NEUTRAL else 0.3
        )
        repeats += 0.26 * light + 0.10 * hue
    return repeats


def tone(scene: Scene) -> Lch:
    """Mean lightness, and chroma and hue of the strongest colour."""
    colours = seen(scene)
    strongest = max(colours, key=lambda colour: colour[1])
    return sum(colour[0] for colour in colours) / len(colours), strongest[1], strongest[2]


def considered(product: dict[str, Any], scene: Scene, category: str | None) -> Iterable[Reason]:
    yield contrast(product, scene)
    yield harmony(product, scene)
    yield material(product, scene)
    yield calm(product, scene)
    yield standing(product, scene)
    if category in CATEGORIES:
        wanted = CATEGORIES[category]
        place = wanted.index(scene.family) if scene.family in wanted else len(wanted)
        yield Reason(
            0.34 - 0.07 * place if place < len(wanted) else 0.0,
            "suits-category",
            {"category": category},
        )
    # What belongs to one week of the year is not offered to everyone.
    yield Reason(-0.45 if scene.family == "seasonal" else 0.0, "seasonal", {})


def seen(scene: Scene) -> tuple[Lch, ...]:
    return tuple(of_hex(colour) for colour in scene.colours)


def character(product: dict[str, Any]) -> list[str]:
    """Ids of words for the product, the plainest first."""
    bright = product["brightness"]
    words = ["dark"] if bright < 0.42 else ["light"] if bright > 0.78 else []
    if product["gloss"] > 0.45:
        words.append("glossy")
    elif product["gloss"] < 0.08:
        words.append("matte")
    if product["chroma"] > 0.11:
        words.append("colourful")
    return words or ["mid-toned"]


def contrast(product: dict[str, Any], scene: Scene) -> Reason:
    """Light behind dark and dark behind light; the nearer in lightness, the worse."""
    tones = [colour[0] for colour in seen(scene)]
    behind = sum(tones) / len(tones)
    gap = behind - product["brightness"]
    strength = min(abs(gap) / 0.32, 1.0)
    weight = 0.52 * strength - 0.28 * (1 - strength)
    # A light product on black looks cut out; on a middle tone it looks lit.
    if gap < 0:
        weight -= 0.10 + 0.9 * max(-gap - 0.32, 0)
    return Reason(
        weight,
        "light-behind" if gap > 0 else "dark-behind",
        {"product": character(product), "gap": round(abs(gap), 2)},
    )


def harmony(product: dict[str, Any], scene: Scene) -> Reason:
    """Hues that are near or opposite agree; in between they quarrel, the more the stronger."""
    strongest = max(seen(scene), key=lambda colour: colour[1])
    own = max(product["colours"], key=lambda colour: colour["c"] * colour["share"] ** 0.5)
    mine: Lch = (own["l"], own["c"], own["h"])
    values = {"product_hue": hue_name(mine), "scene_hue": hue_name(strongest)}
    loud = 0.35 * max(strongest[1] - 0.13, 0) / 0.1
    if strongest[1] < NEUTRAL or mine[1] < NEUTRAL:
        speaks = 0.26 if mine[1] > 0.09 else 0.16
        return Reason(speaks - loud, "neutral", values)
    gap = apart(mine[2], strongest[2])
    pull = min(strongest[1] / 0.10, 1.0)
    if gap > 145:
        return Reason(0.44 * pull + 0.05 - loud, "complement", values)
    if gap < 32:
        return Reason(0.30 * pull - loud, "analogous", values)
    quarrel = 1 - abs(gap - 85) / 60
    return Reason(0.10 - 0.34 * max(quarrel, 0) * pull - loud, "different-hue", values)


def material(product: dict[str, Any], scene: Scene) -> Reason:
    glossy = product["gloss"]
    if scene.family in GLOSSY:
        return Reason(0.30 * glossy - 0.04, "polished", {"product": character(product)})
    if scene.family in SOFT:
        return Reason(0.24 * (1 - glossy) - 0.04, "soft", {"product": character(product)})
    return Reason(0.06, "atmosphere", {"product": character(product)})


def calm(product: dict[str, Any], scene: Scene) -> Reason:
    """A product on which much happens wants a background on which little does."""
    busy = product["busy"]
    if scene.family in PLAIN:
        return Reason(0.22 * busy, "calm-for-busy", {"product": character(product)})
    loud = {"bokeh": 0.10, "pastel": 0.08, "window": 0.06}.get(scene.family, 0.03)
    return Reason(
        0.05 * (1 - busy) - loud * busy, "lively-for-plain", {"product": character(product)}
    )


def standing(product: dict[str, Any], scene: Scene) -> Reason:
    """A product cut off below stands nowhere; a wide one falls off a podium."""
    values = {"cut": list(product["cut"]), "aspect": round(product["aspect"], 2)}
    if "bottom" in product["cut"]:
        fits = scene.family in FLOORLESS
        return Reason(0.30 if fits else -0.55 if scene.stage else -0.20, "cut-off-below", values)
    if scene.stage and product["aspect"] > 1.5:
        return Reason(-0.35, "too-wide-for-podium", values)
    if scene.stage and 0.35 < product["aspect"] < 1.1:
        return Reason(0.10, "stands-well", values)
    return Reason(0.0, "stands", values)
