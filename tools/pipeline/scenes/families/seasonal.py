"""The selling year: New Year, Valentine's, spring, summer, autumn, Halloween, sales, Christmas."""

from tools.pipeline.scenes.facts import Backdrop, Gobo, Light, Scene, Solid, Surface
from tools.pipeline.scenes.families.podium import paint, plinth
from tools.pipeline.scenes.families.views import ABOVE, FAR, STAGE, SWEEP, WALL
from tools.pipeline.scenes.families.wood import OAK, WALNUT

DAY = Light(direction=238, elevation=46, softness=0.5, key=0.52)
SUN = Light(
    direction=230, elevation=42, softness=0.15, key=0.70, colour="#fff4de", ambient="#e2f0fb"
)
LOW_SUN = Light(
    direction=228, elevation=30, softness=0.2, key=0.72, colour="#ffdcae", ambient="#ece6f0"
)
WARM = Light(direction=320, elevation=40, softness=0.6, key=0.6, colour="#ffe6c4")
COLD = Light(
    direction=300, elevation=36, softness=0.5, key=0.6, colour="#f6faff", ambient="#dfe9fa"
)

GOLD = Surface("paper", ("#c99b4e",))

SCENES = (
    Scene(
        "season-new-year",
        "Lunar New Year",
        "seasonal",
        paint("#a81f1f"),
        paint("#b42424"),
        STAGE,
        DAY,
        (
            plinth(paint("#c22a2a"), 0.62, 0.1),
            Solid("disc", GOLD, 0.70, depth=0.02, z=0.5, base=0.10),
        ),
        glow=0.25,
        seed=111,
    ),
    Scene(
        "season-valentine",
        "Valentine's",
        "seasonal",
        Surface("satin", ("#a8242f", "#ff9a9a")),
        None,
        ABOVE,
        Light(direction=290, elevation=32, softness=0.4, key=0.7),
        seed=112,
    ),
    Scene(
        "season-spring",
        "Spring light",
        "seasonal",
        paint("#f3e3e6"),
        Surface("plaster", ("#e9eedd", "#d9e2c9")),
        WALL,
        SUN,
        gobo=Gobo("branch", 1.3, 0.006),
        seed=113,
    ),
    Scene(
        "season-summer-water",
        "Summer pool",
        "seasonal",
        Surface("paper", ("#93dbe8",)),
        None,
        ABOVE,
        SUN,
        gobo=Gobo("caustics", 2.6, 0.003),
        seed=114,
    ),
    Scene(
        "season-summer-sand",
        "Beach sand",
        "seasonal",
        Surface("sand", ("#f6e8cd", "#e6d0ab"), contrast=0.6),
        None,
        SWEEP,
        SUN,
        gobo=Gobo("palm", 1.7, 0.008),
        seed=115,
    ),
    Scene(
        "season-autumn",
        "Autumn sun",
        "seasonal",
        OAK,
        Surface("plaster", ("#d9a066", "#c3854a")),
        WALL,
        LOW_SUN,
        gobo=Gobo("branch", 1.5, 0.006),
        seed=116,
    ),
    Scene(
        "season-halloween",
        "Halloween",
        "seasonal",
        Surface("table", ("#3b3034", "#1f181b", "#080606"), gloss=0.3),
        None,
        FAR,
        WARM,
        backdrop=Backdrop(
            "lights",
            ("#1c1026", "#3a1b3f", "#0c0712"),
            ("#ff7a1a", "#ff9d3c", "#8b4bd6"),
            44,
            0.045,
        ),
        seed=117,
    ),
    Scene(
        "season-sale",
        "Black Friday",
        "seasonal",
        paint("#17181a"),
        paint("#1b1c1f"),
        STAGE,
        Light(direction=255, elevation=40, softness=0.3, key=0.66),
        (
            plinth(paint("#222327"), 0.62, 0.1),
            Solid("disc", paint("#f2b705"), 0.66, depth=0.02, z=0.5, base=0.12),
        ),
        glow=0.9,
        seed=118,
    ),
    Scene(
        "season-christmas",
        "Christmas lights",
        "seasonal",
        WALNUT,
        None,
        FAR,
        WARM,
        backdrop=Backdrop(
            "lights",
            ("#12301f", "#1f4a2e", "#0a1c12"),
            ("#ffd27a", "#ff6b4a", "#fff0c8", "#ffbf5e"),
            80,
            0.034,
        ),
        seed=119,
    ),
    Scene(
        "season-snow",
        "Fresh snow",
        "seasonal",
        Surface("snow", ("#fbfdff", "#b9cbe4")),
        None,
        FAR,
        COLD,
        backdrop=Backdrop(
            "lights", ("#b9cde2", "#dce8f3", "#8fadc9"), ("#ffffff", "#eaf4ff"), 60, 0.03
        ),
        seed=120,
    ),
)
