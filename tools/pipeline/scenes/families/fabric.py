"""Cloth: linen by the window, satin in folds, a knitted blanket."""

from tools.pipeline.scenes.facts import Light, Scene, Surface
from tools.pipeline.scenes.families.views import ABOVE, TABLE

DAY = Light(direction=245, elevation=42, softness=0.6, key=0.6)
RAKING = Light(direction=290, elevation=30, softness=0.4, key=0.7)

SCENES = (
    Scene(
        "linen-natural",
        "Natural linen",
        "fabric",
        Surface("linen", ("#d8cbb5", "#c3b295")),
        Surface("plaster", ("#eee7dc", "#ddd2c2")),
        TABLE,
        DAY,
        seed=51,
    ),
    Scene(
        "linen-white",
        "White linen",
        "fabric",
        Surface("linen", ("#f1efea", "#e4e0d8")),
        Surface("paper", ("#f3f1ed",)),
        TABLE,
        DAY,
        seed=52,
    ),
    Scene(
        "linen-sage",
        "Sage linen",
        "fabric",
        Surface("linen", ("#a9b39c", "#93a085")),
        Surface("plaster", ("#e2e3da", "#d0d2c6")),
        TABLE,
        DAY,
        seed=53,
    ),
    Scene(
        "linen-charcoal",
        "Charcoal linen",
        "fabric",
        Surface("linen", ("#57575a", "#454548")),
        Surface("plaster", ("#8d8c8c", "#767575")),
        TABLE,
        DAY,
        seed=54,
    ),
    Scene(
        "satin-champagne",
        "Champagne satin",
        "fabric",
        Surface("satin", ("#d9c09a", "#fff6e6")),
        None,
        ABOVE,
        RAKING,
        seed=55,
    ),
    Scene(
        "satin-blush",
        "Blush satin",
        "fabric",
        Surface("satin", ("#e0b3ac", "#fff1ee")),
        None,
        ABOVE,
        RAKING,
        seed=56,
    ),
    Scene(
        "satin-midnight",
        "Midnight satin",
        "fabric",
        Surface("satin", ("#22294a", "#8f9bd0")),
        None,
        ABOVE,
        RAKING,
        seed=57,
    ),
    Scene(
        "wool-cream",
        "Cream knit",
        "fabric",
        Surface("wool", ("#efe6d6", "#b7a78c")),
        Surface("plaster", ("#efe9df", "#dfd5c6")),
        TABLE,
        DAY,
        seed=58,
    ),
)
