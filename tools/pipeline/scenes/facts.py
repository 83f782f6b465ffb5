"""What a scene is, as frozen facts that can be listed without drawing anything.

The set is a table-top studio seen through a shift lens (verticals stay upright): a floor, perhaps
a wall behind it, a light, perhaps solids and something between light and set. One unit is the
distance from the camera to the product, which stands at depth 1 on height 0. Screen lengths are
shares of the picture's height, colours are sRGB "#rrggbb".
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    """`direction` is where the light comes from, on a compass seen from above.

    0 is behind the product, 90 the right, 180 the camera, 270 the left. `softness` 0 is the
    bare sun, 1 a softbox as wide as the table. `key` is the key light's share; what remains is
    light from everywhere, which no shadow takes away.
    """

    direction: float = 240
    elevation: float = 48
    softness: float = 0.5
    key: float = 0.55
    colour: str = "#ffffff"
    ambient: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class View:
    """Where things lie on the picture, and how steeply the camera looks down.

    `ground` is the line the product stands on, `back` where floor and wall meet, `horizon` the
    camera's height; `tilt` is that height over the distance (0.3 is 17 degrees). `sweep` is the
    radius of the curve between floor and wall, 1 taking all the floor behind the product.
    `blur` is the depth of field: the circle of confusion at infinity.
    """

    horizon: float = 0.30
    ground: float = 0.80
    back: float = 0.60
    tilt: float = 0.28
    sweep: float = 0.0
    blur: float = 0.006


@dataclass(frozen=True, slots=True)
class Surface:
    """A material in its colours. `scale` enlarges its pattern, `gloss` is 0 matt to 1 polished."""

    material: str
    colours: tuple[str, ...]
    scale: float = 1.0
    contrast: float = 1.0
    gloss: float = 0.0


@dataclass(frozen=True, slots=True)
class Solid:
    """A prop. Lengths are shares of the picture's smaller side at the product's depth.

    `kind` is "cylinder", "box", "ball", "disc" (upright) or "arch" (upright). `x` is off the
    product's axis, `z` behind it, `base` the height of its foot over the floor.
    """

    kind: str
    surface: Surface
    width: float
    height: float = 0.0
    depth: float = 0.0
    x: float = 0.0
    z: float = 0.0
    base: float = 0.0
    stage: bool = False


@dataclass(frozen=True, slots=True)
class Gobo:
    """What stands in the light's way. `size` is the pattern's width in shares of the picture."""

    kind: str
    size: float = 1.0
    blur: float = 0.02
    density: float = 1.0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is seen far behind a table instead of a wall: out of focus, giving light of its own."""

    kind: str
    colours: tuple[str, ...]
    lights: tuple[str, ...] = ()
    count: int = 60
    radius: float = 0.05


@dataclass(frozen=True, slots=True)
class Scene:
    slug: str
    name: str
    family: str
    floor: Surface
    wall: Surface | None = None
    view: View = View()
    light: Light = Light()
    solids: tuple[Solid, ...] = ()
    gobo: Gobo | None = None
    backdrop: Backdrop | None = None
    glow: float = 0.0
    seed: int = 1
    grain: float = 1.0
    draw: str = "tools.pipeline.scenes.painting:paint_scene"

    @property
    def stage(self) -> Solid | None:
        """The prop that the product stands on, if it does not stand on the floor."""
        return next((solid for solid in self.solids if solid.stage), None)

    @property
    def colours(self) -> tuple[str, ...]:
        """What lies behind and under the product: the colours that it will be seen against."""
        behind = self.backdrop.colours if self.backdrop else ()
        behind = self.wall.colours[:1] if self.wall else behind
        under = (self.stage.surface if self.stage else self.floor).colours[:1]
        return tuple(dict.fromkeys(behind[:2] + under))
