"""Seamless paper, bent from the table up into the wall, and one large lamp."""

from tools.pipeline.scenes.facts import Light, Scene, Surface
from tools.pipeline.scenes.families.views import SWEEP

SOFT = Light(direction=305, elevation=58, softness=0.85, key=0.45)
DRAMA = Light(direction=300, elevation=42, softness=0.45, key=0.72)


def sweep(
    slug: str, name: str, colour: str, seed: int, *, light: Light = SOFT, glow: float = 0.12
) -> Scene:
    paper = Surface("paper", (colour,))
    return Scene(slug, name, "studio", paper, view=SWEEP, light=light, glow=glow, seed=seed)


SCENES = (
    sweep("studio-white", "White studio", "#fbfbfa", 11, glow=0.2),
    sweep("studio-pearl", "Pearl grey studio", "#dcdcda", 12, glow=0.2),
    sweep("studio-warm", "Warm white studio", "#f3ece2", 13),
    sweep("studio-sand", "Sand studio", "#dcc6a8", 14),
    sweep("studio-sage", "Sage studio", "#b3bfa6", 15),
    sweep("studio-sky", "Sky blue studio", "#b4cfe0", 16),
    sweep("studio-coral", "Coral studio", "#ef9a84", 17),
    sweep("studio-terracotta", "Terracotta studio", "#b9694a", 18, light=DRAMA, glow=0.35),
    sweep("studio-graphite", "Graphite studio", "#4b4d50", 19, light=DRAMA, glow=0.9),
    sweep("studio-night", "Black studio", "#1d1e21", 20, light=DRAMA, glow=2.2),
    sweep("studio-forest", "Forest green studio", "#2f4a3c", 21, light=DRAMA, glow=0.9),
    sweep("studio-navy", "Navy studio", "#25344f", 22, light=DRAMA, glow=0.9),
)
